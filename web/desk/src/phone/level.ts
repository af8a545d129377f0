import { useEffect, useState } from "react";

const quietest = -60; // dB of full scale: an empty meter
const updateMs = 50;

/** How full a meter is for samples between -1 and 1: 0 to 1, in decibels. */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, one) => sum + one * one, 0) / Math.max(samples.length, 1);
  if (power === 0) return 0;
  const decibels = 10 * Math.log10(power);
  return Math.min(1, Math.max(0, 1 - decibels / quietest));
}

/** How loud it is right now, 0 to 1; 0 without a microphone. */
export function useLevel(microphone: MediaStream | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (!microphone) return;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(microphone).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = window.setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      setLevel(levelOf(samples));
    }, updateMs);
    return () => {
      window.clearInterval(timer);
      void context.close();
      setLevel(0);
    };
  }, [microphone]);
  return level;
}
