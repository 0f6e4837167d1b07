/** Draws `public/icon/*.png` from `icon.svg`. Run by hand when the drawing changes: `node test/tools/render-icons.ts`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { requireChromium } from './browsers.ts';

const svg = readFileSync(join(import.meta.dirname, 'icon.svg')).toString('base64');
const browser = await chromium.launch({ executablePath: requireChromium(), args: ['--no-sandbox'] });
for (const size of [16, 32, 48, 96, 128]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.goto(`data:image/svg+xml;base64,${svg}`);
  await page.evaluate((px) => {
    document.documentElement.setAttribute('width', String(px));
    document.documentElement.setAttribute('height', String(px));
  }, size);
  await page.screenshot({
    path: join(import.meta.dirname, `../../public/icon/${size}.png`),
    omitBackground: true,
    clip: { x: 0, y: 0, width: size, height: size },
  });
  await page.close();
}
await browser.close();
