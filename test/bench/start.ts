/** A browser that was just started, with a CRM as its first page: when the first badge is there. */
import { startDemoCrm } from '../demo-crm/server.ts';
import { applyAgreement, benchHours, openBrowser, type Scratch } from './browser.ts';
import { rest } from './measure.ts';
import { median, print, spread } from './table.ts';

/** Until the browser has read its policies, and what is kept of this start is kept. */
const settledMs = 6_000;

export async function measureStart(scratch: Scratch, rounds: number): Promise<void> {
  const crm = await startDemoCrm({ openHours: benchHours });
  const profile = scratch.folder('start');
  const elapsed: number[] = [];
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const context = await openBrowser({ profile, extension: scratch.build('test') });
      try {
        const page = context.pages()[0] ?? (await context.newPage());
        const start = performance.now();
        await page.goto(`${crm.origin}/signin?as=lucia&to=/leads/all`);
        await page.waitForSelector('relevo-badge[data-state]', { timeout: 30_000 });
        // The first start of all is an installation.
        if (round > 0) elapsed.push(performance.now() - start);
        else await applyAgreement(context);
        await rest(settledMs);
      } finally {
        await context.close();
      }
    }
  } finally {
    await crm.close();
  }
  print(
    `First badge of a browser that was just started: ${median(elapsed).toFixed(0)} ms after its page was asked for   ${spread(elapsed)}\n`,
  );
}
