/** What the desk needs of a SIP library; which one it is knows jssip-line.ts alone. */

/** A call that rings here, or is talked on. It speaks to the phone through `CallTold`. */
export interface IncomingCall {
  /** Which of the desk's interactions it is. */
  readonly interaction: string;
  /** With this microphone. */
  answer(microphone: MediaStream): void;
  /** It cannot be taken here: another phone is tried, or the offer goes back. */
  refuse(): void;
  mute(muted: boolean): void;
  /** Speaks through another microphone from now on. */
  useMicrophone(microphone: MediaStream): void;
}

export interface CallTold {
  /** Both hear each other, once `heard` is played. */
  talking(): void;
  heard(sound: MediaStream): void;
  over(): void;
}

export interface LineTold {
  /** Logged in; or not any more, and it tries again by itself. */
  ready(ready: boolean): void;
  /** The answer is who wants to know of it. */
  rings(call: IncomingCall): CallTold;
}

export interface Line {
  close(): void;
}

/** Opens a line over a WebSocket at this address; it lives until it is closed. */
export type OpenLine = (url: string, told: LineTold) => Line;
