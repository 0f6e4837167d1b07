/**
 * The report's public face: facts become digests, digests columns, columns figures. Pure. `csv` and `text` are imported by
 * whoever needs them, because the worker does not, and `csv-stringify` is larger than all of the rest.
 */
export { slaOf } from './ahead';
export { leadsBehind, type Cell } from './behind';
export type { Columns } from './columns';
export { costsOf, costTable } from './cost';
export { columnsOf, createColumns } from './create-columns';
export { digestOf, type DigestInput } from './digest';
export { rowsOf } from './fill-rows';
export { formulaIds, type FormulaId } from './formulas';
export { heatMap } from './heat-map';
export { joinRows, takeRows, type Part } from './join-rows';
export { kpiOf, kpiOfTally, tallyOptions, type Kpi } from './kpi';
export { mergeTallies } from './merge-tallies';
export { packRows } from './pack-rows';
export { paceOf } from './pace';
export { periodAt, periodsOf, windowBefore } from './periods';
export { promiseResult, unjudgedFor, type PromiseResult } from './promises';
export { promisesAt, type Promised } from './promised';
export type { Rows } from './rows';
export { select, type Filters } from './select';
export { clockResultsOver, groupsOf, kpisBy, kpisOver } from './split';
export type { Statement } from './statement';
export { paretoOf, peopleTable, sourcesTable } from './tables';
export { tallyOf } from './tally';
export { trendOf } from './trend';
export type { Digest, ReportWindow } from './types';
export { unmeasuredIn } from './unmeasured';
export { unpackRows } from './unpack-rows';
export { withTeams } from './with-teams';
