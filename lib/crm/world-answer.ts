/**
 * The page's side of `world.ts`, for scripts that run in the page's own world: hears a question, looks the handles up, and
 * answers before the question's `dispatchEvent` returns. It can tell nobody anything that the page does not know already.
 * It must not change the page, reach for the extension, or throw; only strings pass from one world to the other.
 */

/** Ends in the protocol's version: a script of an older extension may still stand in the page. */
export const questionEvent = 'relevo-world-question-1';
/** Followed by the question's nonce. */
export const answerEvent = 'relevo-world-answer-1:';
/** Handles in one question: more than a screen of rows. */
export const handlesAtMost = 200;
/** UTF-16 units of one handle, and of one record id. */
export const handleLength = 100;
/** UTF-16 units of a whole question or answer: 200 pairs with room for what JSON escapes. */
export const messageLength = 100_000;

/** Finds the records of handles in the page's own objects. May throw, and may say too much. */
export type LookUp = (handles: ReadonlySet<string>) => Iterable<readonly [handle: string, recordId: string | number]>;

/** Answers from now on. A second copy in the same page hears nothing, because the first one keeps the question. */
export function answerWorld(lookUp: LookUp, target: Document = document): void {
  const answer = (event: Event): void => {
    // From the first line on: whatever is called here, the page may have replaced.
    try {
      event.stopImmediatePropagation();
      const detail: unknown = (event as CustomEvent).detail;
      if (typeof detail !== 'string' || detail.length > messageLength) return;
      const { nonce, handles } = JSON.parse(detail) as { nonce: unknown; handles: unknown };
      if (typeof nonce !== 'string' || !/^[\w-]{1,60}$/.test(nonce) || !Array.isArray(handles)) return;
      const wanted = new Set(handles.slice(0, handlesAtMost).filter((handle) => typeof handle === 'string'));
      const found = [...lookUp(wanted)]
        .slice(0, handlesAtMost)
        .map(([handle, recordId]) => [handle, String(recordId).slice(0, handleLength)]);
      target.dispatchEvent(new CustomEvent(answerEvent + nonce, { detail: JSON.stringify(found) }));
    } catch {
      // No answer is an answer, too: the rows stay without a badge.
    }
  };
  try {
    target.addEventListener(questionEvent, answer);
  } catch {
    // The same.
  }
}
