/** Changing a draft: only what is named changes, steps go back and forth, the week keeps its hours, and JSON has its lines. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../lib/agreement/canonical';
import { freeId, moved, redone, stepped, stepsFrom, undone, valueAt, withValue } from '../../../lib/agreement/editing';
import { jsonPlaces } from '../../../lib/agreement/json-places';
import { hoursText, readHours, slotsADay, slotState, weekOf, withSlots, writtenOf } from '../../../lib/agreement/week';
import { compileCalendar } from '../../../lib/calendar';
import { weekdays } from '../../../lib/calendar/types';
import { documents } from './build';

/** Every path of a value, the root left out. */
function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : Object.entries(value).flatMap(([name, item]) => pathsOf(item, [...path, name]));
  return path.length === 0 ? inner : [path, ...inner];
}

describe('values by path', () => {
  it('a value that is written stands there, and nothing else is another one', () => {
    fc.assert(
      fc.property(documents, fc.nat(), (document, pick) => {
        const paths = pathsOf(document);
        const path = paths[pick % paths.length]!;
        const changed = withValue(document, path, 'written');
        expect(valueAt(changed, path)).toBe('written');
        expect(canonicalJson(withValue(changed, path, valueAt(document, path)))).toBe(canonicalJson(document));
      }),
    );
  });

  it('what is beside the path stays the same object', () => {
    const draft = { a: { b: [1, 2] }, c: { d: 1 } };
    const next = withValue(draft, ['a', 'b', 0], 9) as typeof draft;
    expect(next).toEqual({ a: { b: [9, 2] }, c: { d: 1 } });
    expect(next.c).toBe(draft.c);
  });

  it('nothing takes a value away, and a path that is not there is made', () => {
    expect(withValue({ a: 1, b: 2 }, ['a'], undefined)).toEqual({ b: 2 });
    expect(withValue({}, ['a', 'b'], 1)).toEqual({ a: { b: 1 } });
    expect(withValue({ list: [1, 2, 3] }, ['list', 1], undefined)).toEqual({ list: [1, 3] });
  });

  it('a name from the language’s own objects is a name like any other', () => {
    const next = withValue({}, ['constructor'], 1);
    expect(valueAt({}, ['constructor'])).toBeUndefined();
    expect(valueAt(next, ['constructor'])).toBe(1);
  });

  it('an item is moved, and an impossible move changes nothing', () => {
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 3)).toEqual(['a', 'b', 'c']);
  });

  it('ids are made of words and never taken twice', () => {
    expect(freeId('Petición de demo', [])).toBe('peticion-de-demo');
    expect(freeId('rule', ['rule', 'rule-2'])).toBe('rule-3');
    expect(freeId('日本', [])).toBe('new');
  });
});

describe('steps', () => {
  it('all of them can be undone and redone', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (values) => {
        let steps = stepsFrom('start');
        const drafts = values.map((value, index) => `${index}:${value}`);
        drafts.forEach((draft, index) => {
          steps = stepped(steps, draft, `field-${index}`, index);
        });
        for (let index = drafts.length - 1; index >= 0; index -= 1) {
          expect(steps.present).toBe(drafts[index]);
          steps = undone(steps);
        }
        expect(steps.present).toBe('start');
        for (const draft of drafts) {
          steps = redone(steps);
          expect(steps.present).toBe(draft);
        }
      }),
    );
  });

  it('a word is one step, what comes after a pause or elsewhere is another', () => {
    let steps = stepped(stepsFrom(''), 'a', 'title', 0);
    steps = stepped(steps, 'ab', 'title', 300);
    expect(undone(steps).present).toBe('');
    expect(undone(stepped(steps, 'abc', 'title', 2_000)).present).toBe('ab');
    expect(undone(stepped(steps, 'abc', 'notes', 400)).present).toBe('ab');
  });

  it('a change after going back forgets what came after', () => {
    const steps = undone(stepped(stepsFrom('a'), 'b', 'x', 0));
    expect(redone(stepped(steps, 'c', 'y', 1)).present).toBe('c');
  });
});

describe('the week', () => {
  const slot = fc.nat({ max: slotsADay - 1 });

  it('half-hours that are filled are open and those that are emptied are not, whatever was there', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(slot, slot, fc.boolean()), { maxLength: 8 }), slot, (draws, at) => {
        let day = withSlots([], 0, 0, false);
        let expected = false;
        for (const [first, last, isFilled] of draws) {
          day = withSlots(day, first, last, isFilled);
          if (at >= Math.min(first, last) && at <= Math.max(first, last)) expected = isFilled;
        }
        expect(slotState(day, at)).toBe(expected ? 'all' : 'none');
      }),
    );
  });

  it('hours over midnight open the same time when they are written anew', () => {
    const weekly = { fri: [['22:00', '06:30']], sun: [['20:00', '02:00']] } as const;
    const spec = (of: object) => ({ timeZone: 'UTC', weekly: of });
    const monday = Date.UTC(2024, 0, 8);
    const window = { from: monday - 7 * 86_400_000, to: monday + 14 * 86_400_000 };
    const open = (of: object) => compileCalendar(spec(of), window).intervals(monday, monday + 7 * 86_400_000);
    expect(open(writtenOf(weekOf(weekly)))).toEqual(open(weekly));
  });

  it('times that are on no half-hour stay until theirs is toggled', () => {
    const { mon } = weekOf({ mon: [['08:45', '12:10']] });
    expect([slotState(mon, 16), slotState(mon, 17), slotState(mon, 24)]).toEqual(['none', 'part', 'part']);
    expect(writtenOf({ ...weekOf({}), mon: withSlots(mon, 30, 31, true) })).toEqual({
      mon: [
        ['08:45', '12:10'],
        ['15:00', '16:00'],
      ],
    });
  });

  it('hours are read as people write them, and what can’t be read is said', () => {
    expect(readHours('9-13, 14:00–18:30')).toEqual([
      ['09:00', '13:00'],
      ['14:00', '18:30'],
    ]);
    expect(readHours('')).toEqual([]);
    expect(readHours('24:30-25:00')).toBeNull();
    expect(readHours('nine to five')).toBeNull();
    expect(hoursText([['09:00', '18:00']])).toBe('09:00–18:00');
  });

  it('what is no week opens nothing', () => {
    const week = weekOf({ mon: 'x', tue: [['9', null]], wed: [[]] });
    expect(weekdays.flatMap((day) => week[day])).toEqual([]);
  });
});

describe('lines of JSON', () => {
  it('each value has the line of its name, and what is missing that of what it belongs to', () => {
    const places = jsonPlaces('{\n  "a": {\n    "b": [\n      1,\n      2\n    ]\n  }\n}');
    if (!places.ok) throw new Error('not read');
    expect(places.lineOf(['a', 'b', 1])).toBe(5);
    expect(places.lineOf(['a', 'b'])).toBe(3);
    expect(places.lineOf(['a', 'c', 'd'])).toBe(2);
    expect(places.lineOf([])).toBe(1);
  });

  it('says where a text stops being JSON', () => {
    expect(jsonPlaces('{\n  "a": 1,\n}')).toEqual({ ok: false, line: 3, column: 1 });
    expect(jsonPlaces('{\n  "a": nope\n}')).toEqual({ ok: false, line: 2, column: 8 });
    expect(jsonPlaces('')).toMatchObject({ ok: false, line: 1 });
    expect(jsonPlaces('['.repeat(5_000))).toMatchObject({ ok: false });
  });

  it('agrees with the browser on what is JSON', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', 'x'))
      .map(([text, at, more]) => text.slice(0, at % (text.length + 1)) + more + text.slice(at % (text.length + 1)));
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged), (text) => {
        let value: unknown;
        let isJson = true;
        try {
          value = JSON.parse(text);
        } catch {
          isJson = false;
        }
        const places = jsonPlaces(text);
        expect(places.ok).toBe(isJson);
        if (places.ok) expect(places.value).toEqual(value);
      }),
    );
  });
});
