/** Drawn on a grid of 16, one stroke, in the colour of the text beside them. Never the only bearer of a meaning. */
const paths = {
  chat: "M3 4.5A1.5 1.5 0 0 1 4.5 3h7A1.5 1.5 0 0 1 13 4.5v5a1.5 1.5 0 0 1-1.5 1.5H8l-3 2.5V11h-.5A1.5 1.5 0 0 1 3 9.5z",
  voice: "M5.5 2.8 3.9 3.3c-.7.3-1 1-.8 1.7 1 3.8 4 6.8 7.9 7.9.7.2 1.4-.1 1.7-.8l.5-1.6-2.8-1.5-1.2 1.2a7.5 7.5 0 0 1-3.4-3.4L7 5.6z",
  email: "M2.5 4h11v8h-11zM2.5 4.5 8 8.5l5.5-4",
  message: "M4.5 2h7A1 1 0 0 1 12.5 3v10a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1zM7 12h2",
  check: "m3.5 8.5 3 3 6-7",
  cross: "m4 4 8 8m0-8-8 8",
  chevron: "m4.5 6.5 3.5 3.5 3.5-3.5",
  play: "M5 3.5v9L12 8z",
  pause: "M5.5 3.5v9m5-9v9",
  transfer: "M3 6h9m0 0L9.5 3.5M12 6 9.5 8.5M13 11H4m0 0 2.5-2.5M4 11l2.5 2.5",
  help: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.3 6.3a1.75 1.75 0 1 1 2.5 1.6c-.5.3-.8.6-.8 1.2M8 11.3v.1",
  note: "M3.5 2.5h9v7l-3 3.5h-6zM9.5 13V9.5h3M5.5 5.5h5M5.5 8h2.5",
  send: "M2.5 8 13.5 3 10 13l-2.5-4z",
  promise: "M4 2.5h8v11l-4-2.5-4 2.5z",
  clip: "M12.5 7.5 8 12a2.8 2.8 0 0 1-4-4l5-5a1.9 1.9 0 0 1 2.7 2.7l-4.9 4.9a1 1 0 0 1-1.4-1.4L9.8 5",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.5V8l2.5 1.5",
  spark: "M8 2v3m0 6v3M2 8h3m6 0h3M4 4l1.5 1.5m5 5L12 12m0-8-1.5 1.5m-5 5L4 12",
  sun: "M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM8 1.5v1.5m0 10v1.5M1.5 8H3m10 0h1.5M3.4 3.4l1 1m7.2 7.2 1 1m0-9.2-1 1M4.4 11.6l-1 1",
  moon: "M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z",
  screen: "M2 3h12v8H2zM6 13.5h4M8 11v2.5",
  microphone: "M8 2.5a2 2 0 0 1 2 2v3a2 2 0 0 1-4 0v-3a2 2 0 0 1 2-2zM4 7.5a4 4 0 0 0 8 0M8 11.5v2.5",
  microphoneOff: "M10 7V4.5a2 2 0 0 0-3.8-.9M6 6v1.5a2 2 0 0 0 2.5 1.9M4 7.5a4 4 0 0 0 6.3 3.3M12 7.5c0 .5-.1 1-.3 1.5M8 11.5v2.5M2.5 2.5l11 11",
  bell: "M4 11V7a4 4 0 0 1 8 0v4l1 1H3zM7 14h2",
  bellOff: "M4 11V7c0-.6.1-1.2.4-1.7M6.3 3.4A4 4 0 0 1 12 7v3.5M10 12H3l1-1M7 14h2M2.5 2.5l11 11",
  person: "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8zM3 13.5c.5-2.5 2.5-4 5-4s4.5 1.5 5 4",
  panel: "M2.5 3h11v10h-11zM10 3v10",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3 13.5 13.5",
  away: "M6.5 3.5h-3v9h9v-3M9.5 3H13v3.5M13 3 7.5 8.5",
  out: "M6.5 3H3.5v10h3M9.5 5l3 3-3 3M12.5 8H6",
  keys: "M2 4.5h12v7H2zM4.5 7h.1M7 7h.1M9.5 7h.1M11.8 7h.1M5 9.5h6",
  plug: "M6 2v3m4-3v3M4 5h8v2.5a4 4 0 0 1-8 0zM8 11.5V14",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
