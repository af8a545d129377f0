import { UA, WebSocketInterface } from "jssip";
import type { RTCSession } from "jssip/lib/RTCSession";
import type { IncomingRTCSessionEvent } from "jssip/lib/UA";
import type { CallTold, IncomingCall, Line, LineTold } from "./line";

/** Who we are, SIP's names say nothing of: the server knows it by the session. */
const ourUri = "sip:desk@rapport.invalid";
const registerSeconds = 300;
const reconnectSeconds = { soonest: 1, latest: 8 };
const temporarilyUnavailable = 480;

/** A line by JsSIP. Loaded when somebody first wants one. */
export function openLine(url: string, told: LineTold): Line {
  const agent = new UA({
    sockets: [new WebSocketInterface(url)],
    uri: ourUri,
    register_expires: registerSeconds,
    session_timers: false,
    connection_recovery_min_interval: reconnectSeconds.soonest,
    connection_recovery_max_interval: reconnectSeconds.latest,
  });
  const open = new Set<Call>();
  agent.on("registered", () => {
    told.ready(true);
    open.forEach((call) => call.findWay());
  });
  agent.on("unregistered", () => told.ready(false));
  agent.on("registrationFailed", () => told.ready(false));
  agent.on("disconnected", () => told.ready(false));
  agent.on("newRTCSession", ({ originator, session, request }: IncomingRTCSessionEvent) => {
    if (originator !== "remote") return;
    const interaction = String(request.getHeader("X-Rapport-Interaction") ?? "");
    const call = new Call(session, interaction);
    open.add(call);
    session.on("ended", () => open.delete(call));
    session.on("failed", () => open.delete(call));
    // An INVITE on a connection that is dead would end the call: whether it lives, an OPTIONS tells. One that is
    // dead comes back registered.
    call.follow(told.rings(call), () => ask(agent, () => call.findWay()));
  });
  agent.start();
  return { close: () => agent.stop() };
}

/** What JsSIP has and its types leave out. */
interface AsksOptions {
  sendOptions(target: string, body: null, options: { eventHandlers: { succeeded: () => void } }): void;
}

/** Tells `there` once the server has answered. */
function ask(agent: UA, there: () => void): void {
  (agent as unknown as AsksOptions).sendOptions(ourUri, null, { eventHandlers: { succeeded: there } });
}

function wayLost(connection: RTCPeerConnection): boolean {
  return connection.iceConnectionState === "disconnected" || connection.iceConnectionState === "failed";
}

class Call implements IncomingCall {
  constructor(
    private readonly session: RTCSession,
    readonly interaction: string,
  ) {}

  /** `lost`: its sound finds no way any more. */
  follow(told: CallTold, lost: () => void): void {
    this.session.on("peerconnection", ({ peerconnection }) => {
      peerconnection.addEventListener("iceconnectionstatechange", () => wayLost(peerconnection) && lost());
      peerconnection.addEventListener("track", ({ streams: [stream], track }) => told.heard(stream ?? new MediaStream([track])));
    });
    // One way is enough: the server finds the others by the checks that come.
    this.session.on("icecandidate", ({ ready }) => ready());
    this.session.on("confirmed", () => told.talking());
    this.session.on("ended", () => told.over());
    this.session.on("failed", () => told.over());
  }

  /** Where the network changed: looks for a way of the sound anew, in the same call (an ICE restart). */
  findWay(): void {
    if (this.session.isEstablished() && wayLost(this.session.connection)) this.session.renegotiate({ rtcOfferConstraints: { iceRestart: true } });
  }

  answer(microphone: MediaStream): void {
    this.session.answer({ mediaStream: microphone, pcConfig: { iceServers: [] } });
  }

  refuse(): void {
    this.session.terminate({ status_code: temporarilyUnavailable });
  }

  mute(muted: boolean): void {
    if (muted) this.session.mute({ audio: true });
    else this.session.unmute({ audio: true });
  }

  useMicrophone(microphone: MediaStream): void {
    const [track] = microphone.getAudioTracks();
    const sender = this.session.connection.getSenders().find((one) => one.track?.kind === "audio");
    if (track && sender) void sender.replaceTrack(track);
  }
}
