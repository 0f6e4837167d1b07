/**
 * The one question to the page's own world: which record ids do these row handles stand for. Some CRMs keep the ids of a
 * list in their component tree alone, which the isolated world can't see. A small script (`entrypoints/world-<id>.ts`)
 * answers there by an event.
 *
 * Anything in the page can answer instead of it, so an answer is the page's word: it is parsed as untrusted, and an adapter
 * asks the CRM's API for those ids and takes a record only if it agrees with what the row shows. A page that lies can
 * then mislead nobody further than by what it shows anyway. Adapters that need it bring this code along; the content
 * script holds none of it.
 */
import type { AskWorld } from './types';
import { answerEvent, handleLength, handlesAtMost, messageLength, questionEvent } from './world-answer';

/** Where no script answers: nothing is known. */
export const noWorld: AskWorld = async () => new Map();

/** How long rows wait for the script to be brought, ms: a worker that sleeps needs part of a second to wake. */
const longestLoadMs = 3_000;
/** A page that swallows questions is given the script no more often than this. */
const loadsAtMost = 3;

/**
 * Questions to one page. Where nothing answers, the script is brought once and asked again.
 * @param load asks the worker to run this adapter's script in the page's own world; how it ends says nothing, because a
 *   site that ships has the script from its manifest.
 */
export function createWorld(doc: Document, load: () => Promise<unknown>): AskWorld {
  let loads = 0;
  let loading: Promise<void> | null = null;

  async function bring(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, longestLoadMs);
    });
    try {
      await Promise.race([load(), late]);
    } catch {
      // The extension is gone, or the browser keeps us out of this page.
    } finally {
      clearTimeout(timer);
      loading = null;
    }
  }

  return async (handles) => {
    const asked = new Set(handles.filter((handle) => handle !== '' && handle.length <= handleLength));
    const wanted = new Set([...asked].slice(0, handlesAtMost));
    if (wanted.size === 0) return new Map();
    const answer = put(wanted, doc);
    if (answer || (loads >= loadsAtMost && !loading)) return answer ?? new Map();
    if (!loading) {
      loads += 1;
      loading = bring();
    }
    await loading;
    return put(wanted, doc) ?? new Map();
  };
}

/**
 * Puts one question. Listeners of every world run before `dispatchEvent` returns, so there is nothing to wait for, and
 * no two questions overlap. The first answer to the nonce is the only one that is looked at; `null` if there was none.
 */
function put(wanted: ReadonlySet<string>, doc: Document): ReadonlyMap<string, string> | null {
  const nonce = crypto.getRandomValues(new Uint32Array(2)).join('-');
  const answers: ReadonlyMap<string, string>[] = [];
  const hear = (event: Event): void => {
    answers.push(parse((event as CustomEvent).detail, wanted));
  };
  doc.addEventListener(answerEvent + nonce, hear, { once: true });
  doc.dispatchEvent(new CustomEvent(questionEvent, { detail: JSON.stringify({ nonce, handles: [...wanted] }) }));
  doc.removeEventListener(answerEvent + nonce, hear);
  return answers[0] ?? null;
}

function parse(detail: unknown, wanted: ReadonlySet<string>): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  if (typeof detail !== 'string' || detail.length > messageLength) return ids;
  let pairs: unknown;
  try {
    pairs = JSON.parse(detail);
  } catch {
    return ids;
  }
  for (const pair of Array.isArray(pairs) ? pairs.slice(0, handlesAtMost) : []) {
    const [handle, id]: readonly unknown[] = Array.isArray(pair) ? pair : [];
    // The shape of ids everywhere: digits, letters, hyphens. What a CRM's own look like, its adapter knows.
    const isId = typeof id === 'string' && id.length <= handleLength && /^[\w-]+$/u.test(id);
    if (typeof handle === 'string' && wanted.has(handle) && isId && !ids.has(handle)) ids.set(handle, id);
  }
  return ids;
}
