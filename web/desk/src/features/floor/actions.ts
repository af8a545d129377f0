import { defineActions } from "@/shared/actions/actions";

/** What a supervisor does on the floor, once: buttons, keys and the palette share it. */
const group = "floor:group.floor";
const one = "floor:group.conversation";
defineActions([
  { id: "floor.next", key: ".", label: "floor:action.next", group },
  { id: "floor.previous", key: ",", label: "floor:action.previous", group },
  { id: "floor.inbox", key: "q", label: "floor:action.inbox", group },
  { id: "floor.wallboard", key: "b", label: "floor:action.wallboard", group },
  { id: "floor.whisper", key: "s", label: "floor:action.whisper", group: one },
  { id: "floor.listen", key: "5", label: "floor:action.listen", group: one },
  { id: "floor.speak", key: "6", label: "floor:action.speak", group: one },
  { id: "floor.joinIn", key: "7", label: "floor:action.joinIn", group: one },
  { id: "floor.leave", key: "8", label: "floor:action.leave", group: one },
  { id: "floor.takeOver", key: "o", label: "floor:action.takeOver", group: one },
  { id: "floor.move", key: "m", label: "floor:action.move", group: one },
  { id: "floor.priority", key: "u", label: "floor:action.priority", group: one },
  { id: "floor.close", key: "Escape", label: "floor:action.close", group: one },
]);
