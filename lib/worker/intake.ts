/**
 * A file that is taken in comes chunk by chunk. The clocks of its leads are computed when all of it is there: computing them
 * meanwhile would do it again for whatever the next chunk adds, and holds the file up.
 */

/** Longer than any chunk takes; the page that sends them may have been closed. */
export const silentAfterMs = 10_000;

export interface Intake {
  /** More of a file is to come. */
  isOpen(): boolean;
  /** @param onEnd called when it was the last chunk, or when no other one follows. */
  note(chunk: { readonly last: boolean }, onEnd: () => void): void;
}

export function createIntake(): Intake {
  let silence: ReturnType<typeof setTimeout> | undefined;
  return {
    isOpen: () => silence !== undefined,
    note({ last }, onEnd) {
      clearTimeout(silence);
      silence = undefined;
      if (last) return onEnd();
      silence = setTimeout(() => {
        silence = undefined;
        onEnd();
      }, silentAfterMs);
    },
  };
}
