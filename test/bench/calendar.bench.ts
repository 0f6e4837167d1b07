/**
 * Speed and size of the business calendar, next to two libraries and to the loop one would write with date-fns. Same
 * hours, same starts and same durations for all; every answer is compared with ours, and the differences counted.
 * Run: `node test/bench/calendar.bench.ts`. A library that is not installed is left out. Neither library has zones or
 * breaks: the process runs in the zone, and lunch splits the day. The answers that differ are stretches of
 * moment-business-time that touch a lunch break, where it counts past the end.
 */
import { registerHooks } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { BusinessCalendar, CalendarSpec, Opening, PauseInterval } from '../../lib/calendar';

// Node strips types but wants file names in full; the code leaves them to the bundler.
registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!specifier.startsWith('.')) throw error;
      return next(`${specifier}.ts`, context);
    }
  },
});

// The two libraries know only the zone of the process; ours and the date-fns loop name theirs.
process.env.TZ = 'Europe/Madrid';
const { compileCalendar } = await import('../../lib/calendar/index.ts');

const minuteMs = 60_000;
const holidays = '01-01 01-06 04-02 04-03 05-01 08-15 10-12 11-02 12-08 12-25'.split(' ').map((day) => `2026-${day}`);
const hours: readonly Opening[] = [['09:00', '18:00']];
const lunch: readonly Opening[] = [['13:00', '14:00']];
const spec: CalendarSpec = {
  timeZone: 'Europe/Madrid',
  weekly: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
  breaks: { mon: lunch, tue: lunch, wed: lunch, thu: lunch, fri: lunch },
  holidays,
};
const fiveYears = { from: Date.UTC(2024, 0, 1), to: Date.UTC(2029, 0, 1) };

/** Fixed pseudo-random numbers (mulberry32), so that every run asks the same. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Whole minutes, because that is the finest that the libraries count in. */
const random = randomFrom(2026);
const questions = Array.from({ length: 10_000 }, () => {
  const start = Date.UTC(2026, 0, 5) + Math.floor(random() * 340 * 1440) * minuteMs;
  const minutes = 15 + Math.floor(random() * 2400);
  return { start, minutes, end: start + Math.floor(random() * 14 * 1440) * minuteMs };
});

interface Contender {
  readonly name: string;
  add(start: number, minutes: number): number;
  /** Minutes. */
  between(start: number, end: number): number;
}

function ours(calendar: BusinessCalendar): Contender {
  return {
    name: 'Relevo',
    add: (start, minutes) => calendar.add(start, minutes * minuteMs) ?? Number.NaN,
    between: (start, end) => calendar.between(start, end) / minuteMs,
  };
}

/** What one writes by hand: day by day, opening by opening, with dates that know their zone. */
async function dateFnsLoop(): Promise<Contender> {
  const { TZDate } = await import('@date-fns/tz');
  const { addDays, format, isWeekend, max, min, set, startOfDay } = await import('date-fns');
  const closed = new Set(holidays);

  function* openings(start: number) {
    for (let day: Date = startOfDay(new TZDate(start, spec.timeZone)); ; day = addDays(day, 1)) {
      if (isWeekend(day) || closed.has(format(day, 'yyyy-MM-dd'))) continue;
      yield [set(day, { hours: 9 }), set(day, { hours: 13 })] as const;
      yield [set(day, { hours: 14 }), set(day, { hours: 18 })] as const;
    }
  }
  return {
    name: 'date-fns + TZDate loop',
    add(start, minutes) {
      let left = minutes * minuteMs;
      for (const [open, close] of openings(start)) {
        const from = max([open, start]).getTime();
        const length = close.getTime() - from;
        if (length <= 0) continue;
        if (left <= length) return from + left;
        left -= length;
      }
      return Number.NaN;
    },
    between(start, end) {
      let sum = 0;
      for (const [open, close] of openings(start)) {
        if (open.getTime() >= end) break;
        sum += Math.max(0, min([close, end]).getTime() - max([open, start]).getTime());
      }
      return sum / minuteMs;
    },
  };
}

/** Types of what is used of the libraries, because they need not be installed. */
interface Library {
  (instant: number): Record<string, (...asked: unknown[]) => unknown>;
  [setup: string]: (...settings: unknown[]) => void;
}

async function load(name: string): Promise<Library> {
  const loaded = (await import(name)) as { default: Library };
  return loaded.default;
}

const halves = [
  { start: '09:00:00', end: '13:00:00' },
  { start: '14:00:00', end: '18:00:00' },
];

async function dayjsBusinessTime(): Promise<Contender> {
  const dayjs = await load('dayjs');
  dayjs.extend!(await load('dayjs-business-time'));
  dayjs.setHolidays!(holidays);
  const week = { monday: halves, tuesday: halves, wednesday: halves, thursday: halves, friday: halves };
  dayjs.setBusinessTime!({ sunday: null, ...week, saturday: null });
  return {
    name: 'dayjs-business-time',
    add: (start, minutes) => Number(dayjs(start).addBusinessMinutes!(minutes)),
    between: (start, end) => Number(dayjs(start).businessMinutesDiff!(dayjs(end))),
  };
}

async function momentBusinessTime(): Promise<Contender> {
  const moment = await load('moment-business-time');
  const day = ['09:00:00', '13:00:00', '14:00:00', '18:00:00'];
  moment.updateLocale!('en', { holidays, workinghours: { 0: null, 1: day, 2: day, 3: day, 4: day, 5: day, 6: null } });
  return {
    name: 'moment-business-time',
    add: (start, minutes) => Number(moment(start).addWorkingTime!(minutes, 'minutes')),
    between: (start, end) => Number(moment(end).workingDiff!(moment(start), 'minutes')),
  };
}

async function installed(make: () => Promise<Contender>): Promise<Contender | null> {
  try {
    return await make();
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    print(`left out, not installed: ${make.name}`);
    return null;
  }
}

interface Timed {
  /** Microseconds a call; the best of several rounds, so that a busy machine counts less. */
  readonly perCall: number;
  readonly answers: Float64Array;
}

function timed(ask: (question: (typeof questions)[number]) => number, rounds: number): Timed {
  const answers = new Float64Array(questions.length);
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (let i = 0; i < questions.length; i++) answers[i] = ask(questions[i]!);
    best = Math.min(best, performance.now() - start);
  }
  return { perCall: (best * 1000) / questions.length, answers };
}

function differences(one: Timed, other: Timed): number {
  return one.answers.filter((answer, index) => answer !== other.answers[index]).length;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

function memoryOf(count: number): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  const kept = Array.from({ length: count }, () => compileCalendar(spec, fiveYears));
  const size = (used() - before) / count;
  return kept.length === count ? size : 0;
}

function since(start: number): number {
  return performance.now() - start;
}

const intlStart = performance.now();
new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', timeZoneName: 'longOffset' }).format(0);
const intl = since(intlStart);
const coldStart = performance.now();
const calendar = compileCalendar(spec, fiveYears);
const cold = since(coldStart);
const warm = median(
  Array.from({ length: 15 }, () => {
    const start = performance.now();
    compileCalendar(spec, fiveYears);
    return since(start);
  }),
);

const contenders = [
  ours(calendar),
  await dateFnsLoop(),
  await installed(dayjsBusinessTime),
  await installed(momentBusinessTime),
].filter((contender) => contender !== null);
const rows = contenders.map((contender, index) => {
  const rounds = index === 0 ? 30 : 1;
  return {
    name: contender.name,
    add: timed(({ start, minutes }) => contender.add(start, minutes), rounds),
    between: timed(({ start, end }) => contender.between(start, end), rounds),
  };
});

const pauses: readonly PauseInterval[] = [[Date.UTC(2026, 5, 15, 8), Date.UTC(2026, 5, 15, 10)]];
const deadline = timed(({ start, minutes }) => calendar.deadline(start, minutes * minuteMs, []) ?? 0, 30).perCall;
const paused = timed(({ start, minutes }) => calendar.deadline(start, minutes * minuteMs, pauses) ?? 0, 30).perCall;
const isOpen = timed(({ start }) => Number(calendar.isOpen(start)), 30).perCall;
const nextOpen = timed(({ start }) => calendar.nextOpen(start) ?? 0, 30).perCall;

const base = rows[0]!;
const line = (name: string, cells: readonly (string | number)[]) =>
  print(name.padEnd(24) + cells.map((cell) => String(cell).padStart(12)).join(''));
line('10,000 questions', ['add µs', 'ratio', 'differ', 'between µs', 'ratio', 'differ']);
for (const { name, add, between } of rows) {
  line(name, [
    add.perCall.toFixed(3),
    Math.round(add.perCall / base.add.perCall),
    differences(add, base.add),
    between.perCall.toFixed(3),
    Math.round(between.perCall / base.between.perCall),
    differences(between, base.between),
  ]);
}
print('');
print(`compile five years      ${cold.toFixed(1)} ms cold, ${warm.toFixed(1)} ms warm   (goal: 25 ms cold)`);
print(`  before that           ${intl.toFixed(1)} ms for the runtime's first Intl formatter, whoever asks for it`);
print(
  `100,000 deadlines       ${(deadline * 100).toFixed(1)} ms, ${(paused * 100).toFixed(1)} ms with a pause   (goal: 10 ms)`,
);
print(`isOpen, nextOpen        ${isOpen.toFixed(3)} µs, ${nextOpen.toFixed(3)} µs`);
print(`memory of a calendar    ${(memoryOf(50) / 1024).toFixed(0)} KiB   (goal: 256 KiB)`);
