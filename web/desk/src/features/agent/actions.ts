import { defineActions } from "@/shared/actions/actions";

/** Everything an agent does, once: buttons, keys and the palette share it. */
const group = "agent:group.agent";
const talk = "agent:group.conversation";
defineActions([
  { id: "agent.accept", key: "a", label: "agent:action.accept", group },
  { id: "agent.refuse", key: "r", label: "agent:action.refuse", group },
  { id: "agent.next", key: "j", label: "agent:action.next", group },
  { id: "agent.previous", key: "k", label: "agent:action.previous", group },
  { id: "agent.available", label: "agent:action.available", group },
  { id: "agent.offline", label: "agent:action.offline", group },
  { id: "agent.sound", label: "agent:action.sound", group },
  { id: "agent.dial", key: "Ctrl+d", label: "agent:action.dial", group },
  { id: "agent.nextPreview", key: "9", label: "agent:action.nextPreview", group },
  { id: "agent.callPreview", key: "0", label: "agent:action.callPreview", group },
  { id: "agent.screenPop", key: "Ctrl+o", label: "agent:action.screenPop", group },
  { id: "agent.panel", key: "i", label: "agent:action.panel", group },
  { id: "agent.write", key: "c", label: "agent:action.write", group: talk },
  { id: "agent.note", key: "n", label: "agent:action.note", group: talk },
  { id: "agent.canned", key: "/", label: "agent:action.canned", group: talk },
  { id: "agent.attach", key: "l", label: "agent:action.attach", group: talk },
  { id: "agent.mute", key: "Ctrl+m", label: "agent:action.mute", group: talk },
  { id: "agent.hold", key: "h", label: "agent:action.hold", group: talk },
  { id: "agent.pauseRecording", key: "Ctrl+b", label: "agent:action.pauseRecording", group: talk },
  { id: "agent.resumeRecording", label: "agent:action.resumeRecording", group: talk },
  { id: "agent.keypad", key: "#", label: "agent:action.keypad", group: talk },
  { id: "agent.transfer", key: "t", label: "agent:action.transfer", group: talk },
  { id: "agent.conference", key: "4", label: "agent:action.conference", group: talk },
  { id: "agent.promise", key: "p", label: "agent:action.promise", group: talk },
  { id: "agent.case", key: "z", label: "agent:action.case", group: talk },
  { id: "agent.help", key: "g", label: "agent:action.help", group: talk },
  { id: "agent.dismissCue", key: "d", label: "agent:action.dismissCue", group: talk },
  { id: "agent.acknowledge", key: "y", label: "agent:action.acknowledge", group: talk },
  { id: "agent.end", key: "e", label: "agent:action.end", group: talk },
  { id: "agent.putBack", label: "agent:action.putBack", group: talk },
  { id: "agent.notReached", label: "agent:action.notReached", group: talk },
  { id: "agent.wrapUp", key: "w", label: "agent:action.wrapUp", group: talk },
]);
