/** Says each kind of error once in the console. Never lead data: a label of ours and the error, no values of the page. */
const said = new Set<string>();

export function logOnce(where: string, error: unknown): void {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
  const line = `${where}: ${what}`;
  if (said.has(line) || said.size >= 50) return;
  said.add(line);
  // oxlint-disable-next-line no-console -- the page's console is the only place where a broken page can be looked into
  console.warn(`[Relevo] ${line}`);
}

/** What the work returns, or `null` and a line in the console: an adapter that fails must not end the page's overlay. */
export function guarded<T>(where: string, work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    logOnce(where, error);
    return null;
  }
}
