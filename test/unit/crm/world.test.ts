// @vitest-environment happy-dom
/** The question to the page's own world and its answer, on one document; and pages that answer something else. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createWorld, noWorld } from '../../../lib/crm/world';
import { answerEvent, answerWorld, messageLength, questionEvent, type LookUp } from '../../../lib/crm/world-answer';

interface Asked {
  readonly nonce: string;
  readonly handles: readonly string[];
}

let listeners = new AbortController();
afterEach(() => {
  listeners.abort();
  listeners = new AbortController();
  vi.useRealTimers();
});

/** A fresh page: listeners of `answerWorld` live as long as theirs. */
const page = (): Document => new DOMParser().parseFromString('<main></main>', 'text/html');

/** A page that answers as it likes. */
function hostile(doc: Document, answer: (asked: Asked, say: (detail: unknown, nonce?: string) => void) => void): void {
  doc.addEventListener(
    questionEvent,
    (event) => {
      const asked = JSON.parse((event as CustomEvent<string>).detail) as Asked;
      answer(asked, (detail, nonce = asked.nonce) =>
        doc.dispatchEvent(new CustomEvent(answerEvent + nonce, { detail })),
      );
    },
    { signal: listeners.signal },
  );
}

const neverLoaded = (): Promise<unknown> => Promise.reject(new Error('nobody loads'));
const records: Readonly<Record<string, number>> = { datapoint_1: 36, datapoint_2: 15 };
const lookUp: LookUp = (handles) =>
  [...handles].flatMap((handle) => (handle in records ? [[handle, records[handle]!]] : []));

describe('a question', () => {
  it('is answered with the ids that the script finds, and without what it does not', async () => {
    const doc = page();
    answerWorld(lookUp, doc);
    const ask = createWorld(doc, neverLoaded);
    expect([...(await ask(['datapoint_1', 'datapoint_9', 'datapoint_2']))]).toEqual([
      ['datapoint_1', '36'],
      ['datapoint_2', '15'],
    ]);
  });

  it('for nothing asks nothing', async () => {
    const doc = page();
    const heard = vi.fn();
    hostile(doc, heard);
    const load = vi.fn(async () => {});
    expect((await createWorld(doc, load)([])).size).toBe(0);
    expect((await createWorld(doc, load)(['', 'x'.repeat(101)])).size).toBe(0);
    expect(heard).not.toHaveBeenCalled();
    expect(load).not.toHaveBeenCalled();
  });

  it('holds at most 200 handles, each once', async () => {
    const doc = page();
    const heard: Asked[] = [];
    hostile(doc, (asked) => heard.push(asked));
    await createWorld(doc, neverLoaded)(['a', 'a', ...Array.from({ length: 500 }, (_, index) => `h${index}`)]);
    expect(heard[0]?.handles).toHaveLength(200);
    expect(new Set(heard[0]?.handles).size).toBe(200);
  });

  it('brings the script where nothing answers, once, and asks again', async () => {
    const doc = page();
    const load = vi.fn(async () => answerWorld(lookUp, doc));
    const ask = createWorld(doc, load);
    const [one, two] = await Promise.all([ask(['datapoint_1']), ask(['datapoint_2'])]);
    expect([...one, ...two]).toEqual([
      ['datapoint_1', '36'],
      ['datapoint_2', '15'],
    ]);
    expect((await ask(['datapoint_2'])).get('datapoint_2')).toBe('15');
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('knows nothing where the script cannot be brought, and stops bringing it', async () => {
    const load = vi.fn(neverLoaded);
    const ask = createWorld(page(), load);
    for (let time = 0; time < 10; time += 1) expect((await ask(['datapoint_1'])).size).toBe(0);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('does not fail where asking for the script throws at once', async () => {
    const ask = createWorld(page(), () => {
      throw new Error('Extension context invalidated.');
    });
    expect((await ask(['datapoint_1'])).size).toBe(0);
  });

  it('waits 3 s for a worker that does not answer, no longer', async () => {
    vi.useFakeTimers();
    const ask = createWorld(page(), () => new Promise(() => {}));
    const asked = ask(['datapoint_1']);
    const settled = vi.fn();
    void asked.then(settled);
    await vi.advanceTimersByTimeAsync(2_999);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toHaveBeenCalledTimes(1);
    expect((await asked).size).toBe(0);
  });

  it('has a nonce of its own', async () => {
    const doc = page();
    const nonces: string[] = [];
    hostile(doc, ({ nonce }, say) => {
      nonces.push(nonce);
      say('[]');
    });
    const ask = createWorld(doc, neverLoaded);
    await Promise.all(Array.from({ length: 20 }, () => ask(['a'])));
    expect(new Set(nonces).size).toBe(20);
  });

  it('leaves no listener behind', async () => {
    const doc = page();
    answerWorld(lookUp, doc);
    const [add, remove] = [vi.spyOn(doc, 'addEventListener'), vi.spyOn(doc, 'removeEventListener')];
    await createWorld(doc, neverLoaded)(['datapoint_1']);
    const [added, removed] = [add, remove].map((spy) => new Set(spy.mock.calls.map(([name]) => name)));
    expect(added?.size).toBe(1);
    expect(removed).toEqual(added);
  });
});

describe("the page's word", () => {
  const tell = async (detail: unknown, handles: readonly string[] = ['a', 'b']) => {
    const doc = page();
    hostile(doc, (_asked, say) => say(detail));
    return [...(await createWorld(doc, neverLoaded)(handles))];
  };
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);

  it.each([
    ['nothing', undefined],
    ['an object', [['a', '1']]],
    ['a cycle', cyclic],
    ['no JSON', '[["a","1"]'],
    ['an object as JSON', '{"a":"1"}'],
    ['a number as JSON', '7'],
    ['null', 'null'],
    ['pairs that are none', '["a",null,7,{"a":"1"},[],["a"]]'],
    ['an id that is no string', '[["a",1],["a",null],["a",{}],["a",["1"]]]'],
    ['an id of another shape', '[["a",""],["a","1 or 1=1"],["a","../1"],["a","<b>"]]'],
    ['an id that is too long', JSON.stringify([['a', '1'.repeat(101)]])],
    ['handles that nobody asked for', '[["c","1"],["__proto__","1"],["constructor","1"]]'],
    ['more than a message may hold', JSON.stringify([['a', '1'], 'x'.repeat(messageLength)])],
    ['many pairs before the right one', JSON.stringify([...Array.from({ length: 200 }, () => ['c', '1']), ['a', '1']])],
  ])('is not believed: %s', async (_name, detail) => {
    expect(await tell(detail)).toEqual([]);
  });

  it('is read as far as it can be, the first answer for each handle', async () => {
    expect(await tell('[7,["a","36"],["a","37"],["b","0-f_1"]]')).toEqual([
      ['a', '36'],
      ['b', '0-f_1'],
    ]);
  });

  it('counts once: of many answers the first is looked at, and none for another question', async () => {
    const doc = page();
    const parse = vi.spyOn(JSON, 'parse');
    hostile(doc, (_asked, say) => {
      for (let time = 0; time < 1_000; time += 1) say('[["a","666"]]', `other-${time}`);
      for (let time = 0; time < 1_000; time += 1) say(`[["a","${time}"]]`);
    });
    expect([...(await createWorld(doc, neverLoaded)(['a']))]).toEqual([['a', '0']]);
    // Ours of the answer, and the hostile page's own of the question.
    expect(parse).toHaveBeenCalledTimes(2);
  });

  it('after the question is over is heard by nobody', async () => {
    const doc = page();
    const later: (() => void)[] = [];
    hostile(doc, (_asked, say) => later.push(() => say('[["a","1"]]')));
    const ids = await createWorld(doc, neverLoaded)(['a']);
    for (const say of later) say();
    expect(ids.size).toBe(0);
  });
});

describe('the script in the page', () => {
  it('answers once where it runs twice', async () => {
    const doc = page();
    const [first, second] = [vi.fn(lookUp), vi.fn(lookUp)];
    answerWorld(first, doc);
    answerWorld(second, doc);
    await createWorld(doc, neverLoaded)(['datapoint_1']);
    expect(first).toHaveBeenCalledTimes(1);
    expect(second).not.toHaveBeenCalled();
  });

  it.each([
    ['an object', { nonce: '1', handles: ['datapoint_1'] }],
    ['nothing', undefined],
    ['no JSON', '{'],
    ['no nonce', '{"handles":["datapoint_1"]}'],
    ['a nonce that could name any event', '{"nonce":"x y","handles":["datapoint_1"]}'],
    ['no handles', '{"nonce":"1"}'],
    ['too much', JSON.stringify({ nonce: '1', handles: ['x'.repeat(messageLength)] })],
  ])('does not answer what is no question: %s', (_name, detail) => {
    const doc = page();
    const look = vi.fn(lookUp);
    const said = vi.spyOn(doc, 'dispatchEvent');
    answerWorld(look, doc);
    doc.dispatchEvent(new CustomEvent(questionEvent, { detail }));
    expect(look).not.toHaveBeenCalled();
    expect(new Set(said.mock.calls.map(([{ type }]) => type))).toEqual(new Set([questionEvent]));
  });

  it.each([
    ['stopping an event', (doc: Document) => [Event.prototype, doc, 'stopImmediatePropagation'] as const],
    ['JSON', (doc: Document) => [JSON, doc, 'parse'] as const],
    ['arrays', (doc: Document) => [Array, doc, 'isArray'] as const],
    ['listening', (doc: Document) => [doc, doc, 'addEventListener'] as const],
    ['dispatching', (doc: Document) => [doc, doc, 'dispatchEvent'] as const],
  ])('throws nothing into a page that has tampered with %s', (_what, tampered) => {
    const question = new CustomEvent(questionEvent, {
      detail: JSON.stringify({ nonce: '1', handles: ['datapoint_1'] }),
    });
    const [owner, doc, name] = tampered(page());
    // As a browser calls listeners, so that what they throw is seen.
    const heard: ((event: Event) => void)[] = [];
    if (name !== 'addEventListener')
      vi.spyOn(doc, 'addEventListener').mockImplementation(
        ((_type: string, listener: (event: Event) => void) => void heard.push(listener)) as typeof doc.addEventListener,
      );
    const replaced = vi.fn(() => {
      throw new Error('the page is otherwise');
    });
    vi.spyOn(owner as unknown as Record<typeof name, () => unknown>, name).mockImplementation(replaced);
    try {
      expect(() => {
        answerWorld(lookUp, doc);
        for (const listener of heard) listener(question);
      }).not.toThrow();
      expect(replaced).toHaveBeenCalled();
    } finally {
      vi.restoreAllMocks();
    }
  });

  it('stays silent where looking up throws, and where it finds something else', async () => {
    const throwing = page();
    answerWorld(() => {
      throw new Error('the page is otherwise');
    }, throwing);
    expect((await createWorld(throwing, neverLoaded)(['datapoint_1'])).size).toBe(0);
    const chatty = page();
    answerWorld(() => Array.from({ length: 100_000 }, (_, index) => [`h${index}`, 'y'.repeat(1_000)] as const), chatty);
    expect((await createWorld(chatty, neverLoaded)(['datapoint_1'])).size).toBe(0);
  });
});

it('where no world is, nothing is known', async () => {
  expect((await noWorld(['datapoint_1'])).size).toBe(0);
});
