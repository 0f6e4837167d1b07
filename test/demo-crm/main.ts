/** `node test/demo-crm/main.ts [--port=8787] [--zone=Europe/Madrid] [--total=10000] [--api=ok]`: the demo CRM by itself. */
import { parseArgs } from 'node:util';
import { apiModes, startDemoCrm } from './server.ts';
import { officeHours } from './working-minutes.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8787' },
    zone: { type: 'string' },
    total: { type: 'string', default: '10000' },
    api: { type: 'string', default: 'ok' },
  },
});

const crm = await startDemoCrm({
  port: Number(values.port),
  total: Number(values.total),
  openHours: officeHours(values.zone),
  api: apiModes.find((mode) => mode === values.api) ?? 'ok',
});
console.log(`Demo CRM: ${crm.origin}/signin?as=lucia`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void crm.close();
  });
