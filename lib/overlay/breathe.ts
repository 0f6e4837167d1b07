/**
 * Lets the page work between two slices of ours, so that painting a thousand rows is many short tasks and never one long one.
 * `setTimeout` would be clamped to 4 ms and, in a background tab, to a second; a message port is not.
 */
let channel: MessageChannel | null = null;
const waiting: (() => void)[] = [];

export function breathe(): Promise<void> {
  const scheduler = (globalThis as { scheduler?: { yield?: () => Promise<void> } }).scheduler;
  if (scheduler?.yield) return scheduler.yield();
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()?.();
  }
  const port = channel.port2;
  return new Promise((resolve) => {
    waiting.push(resolve);
    port.postMessage(null);
  });
}
