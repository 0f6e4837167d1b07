/** What can be wrong with a holiday file or with one of its entries. */
export type HolidayFault =
  | 'not-a-calendar'
  | 'too-large'
  | 'not-a-line'
  | 'not-closed'
  | 'unreadable-entry'
  | 'entry-too-large'
  | 'unknown-zone'
  | 'no-start'
  | 'rule-too-fine'
  | 'rule-without-dates';

/** Thrown while one entry is read; the others are read all the same. */
export class ReadFault extends Error {
  readonly code: HolidayFault;
  constructor(code: HolidayFault) {
    super(code);
    this.code = code;
  }
}
