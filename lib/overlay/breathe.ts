/**
 * Lets the page work between two slices of ours, so that painting a thousand rows is many short tasks and never one long
 * one. `scheduler.yield` comes back before other waiting work; before Chrome 129 and Firefox 142 a timer has to do.
 */
export function breathe(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } };
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}
