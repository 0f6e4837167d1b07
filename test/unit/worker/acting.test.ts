/**
 * What a person may do with a lead. The property: whatever is done in whatever order, what stands never contradicts itself:
 * nobody resumes what is not paused, answers what nobody asked, or says the same verdict twice.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultAgreement } from '../../../lib/agreement/default';
import { resolveAgreement } from '../../../lib/agreement/resolve';
import type { Agreement } from '../../../lib/agreement/schema';
import { createCalendarCache } from '../../../lib/calendar';
import { evaluate } from '../../../lib/clock';
import { inOrder } from '../../../lib/clock/story';
import { identify } from '../../../lib/ledger/fact-id';
import type { FactDraft } from '../../../lib/lead/evidence';
import type { Fact, FactContent, Party } from '../../../lib/lead/facts';
import { standing } from '../../../lib/lead/standing';
import { undoMs, type ActRefusal } from '../../../lib/messages/acts';
import { draftOf, offersOf, type Drafted } from '../../../lib/worker/acting';
import type { Actor, LeadAct } from '../../../lib/worker/acting-types';
import { situationOf } from '../../../lib/worker/situation';

const minute = 60_000;
const day = 1_440 * minute;
const start = Date.UTC(2026, 10, 23, 9);
const lead = 'demo|https://crm.example|lead|1';
const rep: Actor = { name: 'Lucía Ortega', side: 'sales' };
const marketer: Actor = { name: 'Marc Vidal', side: 'marketing' };

const agreement: Agreement = { ...resolveAgreement(defaultAgreement, 'UTC'), attempts: 2, recycles: 1 };

const base = (at: number, more: object, content: FactContent): FactDraft => ({
  lead,
  at,
  author: 'crm:demo',
  evidence: 'crm-field',
  ...more,
  ...content,
});
const handOff = await identify(base(start, {}, { kind: 'hand-off' }));
const touched = (at: number, more: object = {}): Promise<Fact> =>
  identify(base(at, more, { kind: 'touch', channel: 'call' }));

function attempt(
  act: LeadAct,
  facts: readonly Fact[],
  actor: Actor,
  now: number,
  terms: Agreement = agreement,
): Drafted {
  return draftOf(act, { lead, facts, situation: situationOf(facts, now), agreement: terms, actor, at: now, now });
}

async function done(act: LeadAct, facts: readonly Fact[], actor: Actor, now: number): Promise<Fact[]> {
  const drafted = attempt(act, facts, actor, now);
  if (!drafted.ok || !('draft' in drafted)) throw new Error(`not done: ${JSON.stringify(drafted)}`);
  return [...facts, await identify(drafted.draft)];
}

/** What an act is refused with; `null` when it is done. */
function refusalOf(act: LeadAct, facts: readonly Fact[], actor: Actor, now = start + minute): ActRefusal | null {
  const drafted = attempt(act, facts, actor, now);
  return drafted.ok ? null : drafted.refusal;
}

describe('whose it is to do', () => {
  it.each<[LeadAct, Actor, ActRefusal]>([
    [{ do: 'accept' }, marketer, 'other-side'],
    [{ do: 'touch', channel: 'call' }, marketer, 'other-side'],
    [{ do: 'pause', reason: 'x' }, marketer, 'other-side'],
    [{ do: 'block', needs: 'x' }, marketer, 'other-side'],
    [{ do: 'flag', axis: 'readiness', reason: 'intent' }, rep, 'other-side'],
    [{ do: 'readiness', value: 'ready' }, rep, 'other-side'],
    [{ do: 'accept' }, { ...rep, side: null }, 'side-unknown'],
    [{ do: 'accept' }, { ...rep, name: null }, 'name-unknown'],
  ])('%j by %j is refused: %s', (act, actor, refusal) => expect(refusalOf(act, [handOff], actor)).toBe(refusal));

  it('a note is for everybody, also before they have said which side they are on', () => {
    for (const side of ['sales', 'marketing', null] as (Party | null)[])
      expect(refusalOf({ do: 'note', text: 'called twice' }, [handOff], { name: 'Ana', side })).toBeNull();
  });

  it('a block is lifted by the side that did not say it', async () => {
    const blocked = await done({ do: 'block', needs: 'the phone' }, [handOff], rep, start + minute);
    expect(refusalOf({ do: 'unblock' }, blocked, rep, start + 2 * minute)).toBe('other-side');
    expect(refusalOf({ do: 'unblock', answer: '+34 600 000 000' }, blocked, marketer, start + 2 * minute)).toBeNull();
    expect(refusalOf({ do: 'unblock' }, [handOff], marketer)).toBe('nothing-to-answer');
  });

  it('the facts carry who spoke and for which side, and when we learnt it', () => {
    const drafted = attempt({ do: 'accept' }, [handOff], rep, start + minute);
    expect(drafted).toMatchObject({
      ok: true,
      draft: {
        author: 'Lucía Ortega',
        party: 'sales',
        evidence: 'person',
        at: start + minute,
        recordedAt: start + minute,
      },
    });
  });

  it('a name with markup is text and stays what it is', () => {
    const name = '<img src=x onerror=alert(1)>';
    expect(attempt({ do: 'accept' }, [handOff], { ...rep, name }, start + minute)).toMatchObject({
      draft: { author: name },
    });
  });
});

describe('reasons come from the taxonomy', () => {
  it.each<[LeadAct, Actor, ActRefusal | null]>([
    [{ do: 'reject', reason: 'ugly' }, rep, 'reason-unknown'],
    [{ do: 'reject', reason: 'fit' }, rep, 'detail-missing'],
    [{ do: 'reject', reason: 'fit', detail: 'shoes' }, rep, 'detail-missing'],
    [{ do: 'reject', reason: 'fit', detail: 'size' }, rep, null],
    [{ do: 'reject', reason: 'data' }, rep, 'detail-missing'],
    [{ do: 'reject', reason: 'data', detail: 'shoe size' }, rep, 'detail-missing'],
    [{ do: 'reject', reason: 'data', detail: 'phone' }, rep, null],
    [{ do: 'flag', axis: 'readiness', reason: 'unreachable' }, marketer, 'reason-unknown'],
    [{ do: 'flag', axis: 'fit', reason: 'spam' }, marketer, null],
    [{ do: 'pause', reason: '   ' }, rep, 'detail-missing'],
    [{ do: 'dismiss', rule: 'free-mail#0a', reason: 'a one-person firm' }, rep, null],
    [{ do: 'dismiss', rule: 'nobody', reason: 'x' }, rep, 'reason-unknown'],
  ])('%j: %s', (act, actor, refusal) => expect(refusalOf(act, [handOff], actor)).toBe(refusal));

  it('a data reason says so in the fact, because a clock of marketing starts from it', () => {
    const drafted = attempt({ do: 'reject', reason: 'data', detail: 'phone' }, [handOff], rep, start + minute);
    expect(drafted).toMatchObject({ draft: { data: true, reason: 'data', detail: 'phone' } });
  });

  it('a flag is on the axis that the taxonomy says', () => {
    const drafted = attempt({ do: 'flag', axis: 'readiness', reason: 'spam' }, [handOff], marketer, start + minute);
    expect(drafted).toMatchObject({ draft: { axis: 'fit' } });
  });

  it('a reason that was retired meanwhile is refused and names its successor; facts that name it still stand', async () => {
    const before = await done({ do: 'reject', reason: 'vendor' }, [handOff], rep, start + minute);
    const retired: Agreement = {
      ...agreement,
      taxonomy: {
        reasons: agreement.taxonomy.reasons.map((reason) =>
          reason.id === 'vendor' ? { ...reason, retired: { successor: 'competitor' } } : reason,
        ),
      },
    };
    expect(attempt({ do: 'reject', reason: 'vendor' }, [handOff], rep, start + minute, retired)).toEqual({
      ok: false,
      refusal: 'reason-retired',
      successor: 'competitor',
    });
    expect(situationOf(before, start + day).verdict?.reason).toBe('vendor');
    const gone: Agreement = { ...agreement, taxonomy: { reasons: [] } };
    expect(
      attempt({ do: 'answer', fact: before[1]!.id, answer: 'agreed' }, before, marketer, start + day, gone).ok,
    ).toBe(true);
  });
});

describe('unreachable', () => {
  const unreachable: LeadAct = { do: 'reject', reason: 'unreachable' };

  it('needs the agreed attempts since the hand-off', async () => {
    const once = [handOff, await touched(start + minute)];
    expect(refusalOf(unreachable, once, rep, start + day)).toBe('attempts-missing');
    expect(refusalOf(unreachable, [...once, await touched(start + 30 * minute)], rep, start + day)).toBeNull();
  });

  it.each<[string, number, object]>([
    ['the same call recorded twice', start + minute + 20_000, {}],
    ['a call that the lead began', start + 30 * minute, { direction: 'inbound' }],
    ['a call from before the hand-off', start - day, {}],
    ['a status that is the shadow of the call', start + 5 * minute, { earliest: start, evidence: 'crm-status' }],
  ])('does not count %s', async (_what, at, more) => {
    const facts = [handOff, await touched(start + minute), await touched(at, more)];
    expect(refusalOf(unreachable, facts, rep, start + day)).toBe('attempts-missing');
  });
});

describe('instants', () => {
  it.each<[LeadAct, ActRefusal | null]>([
    [{ do: 'touch', channel: 'call', at: start + day }, 'not-in-the-future'],
    [{ do: 'touch', channel: 'call', at: start - 2 * minute }, 'before-hand-off'],
    [{ do: 'touch', channel: 'call', at: start - minute }, null],
    [{ do: 'pause', reason: 'holiday', until: start }, 'not-in-the-past'],
    [{ do: 'pause', reason: 'holiday', until: start + day }, null],
    [{ do: 'recycle', until: start }, 'not-in-the-past'],
    [{ do: 'recycle', until: start + day }, null],
  ])('%j: %s', (act, refusal) => expect(refusalOf(act, [handOff], rep)).toBe(refusal));

  it('a lead is recycled no more often than agreed', async () => {
    const once = await done({ do: 'recycle', until: start + day }, [handOff], rep, start + minute);
    expect(refusalOf({ do: 'recycle', until: start + 9 * day }, once, rep, start + 2 * minute)).toBe('already');
    expect(refusalOf({ do: 'recycle', until: start + 9 * day }, once, rep, start + 2 * day)).toBe('recycled-too-often');
  });

  it('acts of one instant are kept both, the second after what it builds on, and the clocks agree', async () => {
    const now = start + minute;
    const paused = await done({ do: 'pause', reason: 'holiday' }, [handOff], rep, now);
    const resumed = await done({ do: 'resume' }, paused, rep, now);
    const again = situationOf(resumed, now + 1);
    const drafted = draftOf(
      { do: 'pause', reason: 'waiting for a quote' },
      { lead, facts: resumed, situation: again, agreement, actor: rep, at: now, now: now + 1 },
    );
    if (!drafted.ok || !('draft' in drafted)) throw new Error('not done');
    const facts = [...resumed, await identify(drafted.draft)];
    expect(new Set(facts.map(({ id }) => id)).size).toBe(4);
    expect(situationOf(facts, now + 5).isPaused).toBe(true);
    const seen = {
      key: lead,
      id: { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId: '1' },
      fields: {},
      seenAt: now,
    };
    const states = (list: readonly Fact[]) =>
      evaluate(seen, list, [agreement], createCalendarCache(), now + 5).map(({ state }) => state);
    expect(states(facts)).toEqual(['paused', 'paused']);
    expect(states(facts.toReversed())).toEqual(states(facts));
  });
});

describe('asking again', () => {
  it('with the same instant is the same fact, and a new instant is told what is so already', async () => {
    const facts = await done({ do: 'note', text: 'called' }, [handOff], rep, start + minute);
    const situation = situationOf(facts, start + 2 * minute);
    const acting = { lead, facts, situation, agreement, actor: rep, at: start + minute, now: start + 2 * minute };
    expect(draftOf({ do: 'note', text: 'called' }, acting)).toEqual({ ok: true, repeated: facts[1]!.id });
    const accepted = await done({ do: 'accept' }, [handOff], rep, start + minute);
    expect(refusalOf({ do: 'accept' }, accepted, rep, start + 2 * minute)).toBe('already');
  });
});

describe('answers', () => {
  it('answer a flag or a rejection once; a dispute needs a reason', async () => {
    const facts = await done({ do: 'reject', reason: 'data', detail: 'phone' }, [handOff], rep, start + minute);
    const fact = facts[1]!.id;
    const later = start + 2 * minute;
    expect(refusalOf({ do: 'answer', fact, answer: 'disputed' }, facts, marketer, later)).toBe('detail-missing');
    const answered = await done({ do: 'answer', fact, answer: 'fixed' }, facts, marketer, later);
    expect(refusalOf({ do: 'answer', fact, answer: 'agreed' }, answered, marketer, later + 1)).toBe('already');
    expect(refusalOf({ do: 'answer', fact: handOff.id, answer: 'fixed' }, facts, marketer, later)).toBe(
      'nothing-to-answer',
    );
  });
});

describe('a closed lead', () => {
  it.each(['won', 'merged'] as const)(
    'takes no verdict any more (%s), but late evidence, notes and answers',
    async (outcome) => {
      const closed = await identify(base(start + day, {}, { kind: 'disposition', outcome }));
      const facts = [handOff, closed];
      const now = start + 2 * day;
      for (const act of [{ do: 'accept' }, { do: 'pause', reason: 'x' }, { do: 'touch', channel: 'call' }] as LeadAct[])
        expect(refusalOf(act, facts, rep, now)).toBe('closed');
      expect(refusalOf({ do: 'touch', channel: 'call', at: start + minute }, facts, rep, now)).toBeNull();
      expect(refusalOf({ do: 'note', text: 'merged into 7' }, facts, rep, now)).toBeNull();
    },
  );
});

const accepted = await done({ do: 'accept' }, [handOff], rep, start + minute);
const undo: LeadAct = { do: 'undo', fact: accepted[1]!.id };

describe('undo', () => {
  it('takes back what one said oneself, for ten seconds; the fact stays as history', async () => {
    const facts = await done(undo, accepted, rep, start + minute + undoMs);
    expect(facts).toHaveLength(3);
    expect(standing(facts)).toEqual([handOff]);
    expect(refusalOf({ do: 'accept' }, facts, rep, start + minute + undoMs + 1)).toBeNull();
  });

  it('is judged by when it was asked for, and asked again with that instant it is the same', async () => {
    const asked = start + minute + undoMs;
    const judge = (facts: readonly Fact[], at: number) => {
      const now = asked + 3_000;
      return draftOf(undo, { lead, facts, situation: situationOf(facts, now), agreement, actor: rep, at, now });
    };
    const drafted = judge(accepted, asked);
    if (!drafted.ok || !('draft' in drafted)) throw new Error('not taken back');
    const retraction = await identify(drafted.draft);
    const undone = [...accepted, retraction];
    expect(judge(undone, asked)).toEqual({ ok: true, repeated: retraction.id });
    expect(judge(undone, asked - 1)).toEqual({ ok: false, refusal: 'already' });
    expect(judge(accepted, asked + 1)).toEqual({ ok: false, refusal: 'too-late-to-undo' });
  });

  it.each<[string, Actor, number, ActRefusal]>([
    ['after ten seconds', rep, start + minute + undoMs + 1, 'too-late-to-undo'],
    ['of somebody else', { ...rep, name: 'Ana' }, start + minute + 1, 'not-allowed'],
  ])('is refused %s', (_when, actor, now, refusal) => expect(refusalOf(undo, accepted, actor, now)).toBe(refusal));

  it('is refused twice, for what the CRM says, and once something was built on it', async () => {
    const now = start + minute + 5;
    const undone = await done(undo, accepted, rep, now);
    expect(refusalOf(undo, undone, rep, now + 1)).toBe('already');
    expect(refusalOf({ do: 'undo', fact: handOff.id }, accepted, rep, now)).toBe('not-allowed');
    const paused = await done({ do: 'pause', reason: 'x' }, [handOff], rep, now);
    const resumed = await done({ do: 'resume' }, paused, rep, now + 1);
    expect(refusalOf({ do: 'undo', fact: paused[1]!.id }, resumed, rep, now + 2)).toBe('too-late-to-undo');
  });
});

describe('what is offered', () => {
  it('is what would be done, for either side', async () => {
    const facts = await done({ do: 'reject', reason: 'spam' }, [handOff], rep, start + minute);
    const now = start + 2 * minute;
    const offered = (actor: Actor) =>
      Object.fromEntries(
        offersOf({ lead, facts, situation: situationOf(facts, now), agreement, actor, at: now, now }).map((offer) => [
          offer.do,
          offer.refusal,
        ]),
      );
    expect(offered(rep)).toMatchObject({
      accept: null,
      reject: 'already',
      answer: 'other-side',
      resume: 'already',
      note: null,
    });
    expect(offered(marketer)).toMatchObject({
      accept: 'other-side',
      answer: null,
      undo: 'too-late-to-undo',
      unblock: 'nothing-to-answer',
    });
  });
});

describe('a clock that jumped', () => {
  it('a year ahead and back: what was said in its future does not count until then, and work goes on', async () => {
    const year = 365 * day;
    const ahead = await done({ do: 'pause', reason: 'x' }, [handOff], rep, start + year);
    const now = start + minute;
    expect(situationOf(ahead, now).isPaused).toBe(false);
    const facts = await done({ do: 'accept' }, ahead, rep, now);
    expect(situationOf(facts, now).verdict?.verdict).toBe('accepted');
    expect(facts.at(-1)?.at).toBe(now);
  });
});

const channelArb = fc.constantFrom<'call' | 'email' | 'meeting'>('call', 'email', 'meeting');
const actArb: fc.Arbitrary<(facts: readonly Fact[], now: number) => LeadAct> = fc.oneof(
  fc
    .constantFrom<LeadAct>(
      { do: 'accept' },
      { do: 'reject', reason: 'data', detail: 'phone' },
      { do: 'reject', reason: 'unreachable' },
      { do: 'resume' },
      { do: 'block', needs: 'x' },
      { do: 'unblock' },
      { do: 'flag', axis: 'fit', reason: 'spam' },
      { do: 'readiness', value: 'ready' },
      { do: 'readiness', value: 'needs-data' },
      { do: 'note', text: 'n' },
    )
    .map((act) => () => act),
  fc.tuple(channelArb, fc.nat(5)).map(([channel, back]) => (_facts: readonly Fact[], now: number): LeadAct => ({
    do: 'touch',
    channel,
    at: now - back * 20_000,
  })),
  fc.nat(3).map((hours) => (_facts: readonly Fact[], now: number): LeadAct => ({
    do: 'recycle',
    until: now + hours * 1_000,
  })),
  fc.nat(3).map((n) => (_facts: readonly Fact[], now: number): LeadAct => ({
    do: 'pause',
    reason: 'p',
    ...(n > 0 ? { until: now + n * 3_000 } : {}),
  })),
  fc.nat(40).map((n) => (facts: readonly Fact[]): LeadAct => ({ do: 'undo', fact: facts[n % facts.length]!.id })),
  fc.nat(40).map((n) => (facts: readonly Fact[]): LeadAct => ({
    do: 'answer',
    fact: facts[n % facts.length]!.id,
    answer: 'agreed',
  })),
);

function contradictionsIn(all: readonly Fact[]): string[] {
  const facts = standing(all).toSorted(inOrder);
  const found: string[] = [];
  const ids = new Set(facts.map(({ id }) => id));
  const answered = new Set<string>();
  let pausedUntil = 0;
  let blocked = false;
  let verdict: string | null = null;
  let recycles = 0;
  let readiness: string | null = null;
  for (const fact of facts) {
    if (fact.kind === 'pause') {
      if (fact.at < pausedUntil) found.push('paused twice');
      pausedUntil = fact.until ?? Number.POSITIVE_INFINITY;
    }
    if (fact.kind === 'resume') {
      if (fact.at >= pausedUntil) found.push('resumed what runs');
      pausedUntil = 0;
    }
    if (fact.kind === 'blocked' || fact.kind === 'unblocked') {
      if (blocked === (fact.kind === 'blocked')) found.push(`${fact.kind} twice`);
      blocked = fact.kind === 'blocked';
    }
    if (fact.kind === 'verdict') {
      if (fact.verdict === verdict && verdict !== 'recycled') found.push(`${verdict} twice`);
      verdict = fact.verdict;
      if (verdict === 'recycled') recycles += 1;
      if (fact.reason === 'unreachable' && facts.filter(({ kind, at }) => kind === 'touch' && at <= fact.at).length < 2)
        found.push('unreachable without attempts');
    }
    if (fact.kind === 'readiness') {
      if (fact.value === readiness) found.push('ready twice');
      readiness = fact.value;
    }
    if (fact.kind === 'flag-answer') {
      if (answered.has(fact.answers) || !ids.has(fact.answers)) found.push('answer to nothing');
      answered.add(fact.answers);
    }
  }
  if (recycles > agreement.recycles) found.push('recycled too often');
  if (new Set(all.map(({ id }) => id)).size !== all.length) found.push('one fact twice');
  return found;
}

describe('whatever the order of acts', () => {
  it('standing facts never contradict, and the clocks are the same in any order', async () => {
    const steps = fc.array(fc.tuple(actArb, fc.boolean(), fc.constantFrom(0, 0, 1, 700, 4_000, 20_000, 70_000)), {
      minLength: 20,
      maxLength: 60,
    });
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (doings) => {
        const facts: Fact[] = [handOff];
        let now = start + minute;
        for (const [actOf, byRep, step] of doings) {
          now += step;
          const latest = facts.reduce((last, { at }) => Math.max(last, at), now);
          const act = actOf(facts, now);
          const situation = situationOf(facts, latest);
          const [first, second] = byRep ? [rep, marketer] : [marketer, rep];
          const as = (actor: Actor) => draftOf(act, { lead, facts, situation, agreement, actor, at: now, now: latest });
          const tried = as(first);
          const drafted = !tried.ok && tried.refusal === 'other-side' ? as(second) : tried;
          if (drafted.ok && 'draft' in drafted) facts.push(await identify(drafted.draft));
          expect(contradictionsIn(facts)).toEqual([]);
        }
        kept += facts.length;
        const seen = {
          key: lead,
          id: { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId: '1' },
          fields: {},
          seenAt: now,
        };
        const clocks = (list: readonly Fact[]) => evaluate(seen, list, [agreement], createCalendarCache(), now);
        expect(clocks(facts.toReversed())).toEqual(clocks(facts));
      }),
      { numRuns: 200, seed: 7 },
    );
    // The acts were not all refused.
    expect(kept).toBeGreaterThan(2_000);
  });
});
