/** Takes away what the extension keeps in a browser, so that the next test has it as if it had just been installed. */

/** Runs in a page of the extension: all that it stores, permissions and registered scripts included. */
export async function forget(): Promise<void> {
  const { permissions, scripting, storage, alarms } = chrome;
  await Promise.all([storage.local.clear(), storage.sync.clear(), storage.session.clear(), alarms.clearAll()]);
  await scripting.unregisterContentScripts();
  const { origins = [], permissions: named = [] } = await permissions.getAll();
  const kept = chrome.runtime.getManifest();
  const optional = {
    origins: origins.filter(
      (origin) =>
        !kept.host_permissions?.includes(origin) &&
        !kept.content_scripts?.some(({ matches }) => matches?.includes(origin)),
    ),
    permissions: named.filter((name) => !kept.permissions?.includes(name)),
  };
  if (optional.origins.length + optional.permissions.length > 0) await permissions.remove(optional);
  for (const { name } of await indexedDB.databases())
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name ?? '');
      request.addEventListener('success', () => resolve());
      request.addEventListener('error', () => reject(request.error));
      request.addEventListener('blocked', () => reject(new Error('the database is still open')));
    });
}
