/** More leads than a page shows, and a bound for one that makes up a new one each time it is looked at. */
const atMostByDefault = 10_000;

/** Keeps a value as the newest of so many; the oldest goes. */
export function remember<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, atMost = atMostByDefault): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= atMost) break;
    map.delete(oldest);
  }
}
