/**
 * The page's one MutationObserver, over the roots of a surface and their open shadow roots. It never watches all
 * attributes, and it does not hear what we write ourselves.
 *
 *            changes (onChange)      250 ms, or 512 nodes
 *   idle ───────────────▶ gathering ──────────────────────▶ idle   (onBatch: nodes, or `full` above 1,000 records)
 *    │ ▲                      │
 *    │ └── tab visible: full ─┤ tab hidden
 *    ▼                        ▼
 *   off ◀─────────────────── off
 */
import { holderOf } from './holder';

/** Trailing throttle, ms: a person does not notice it, and it folds a framework's bursts into one look. */
const throttleMs = 250;
/** Distinct nodes that flush at once: a screen full of new rows should not wait. */
const flushNodes = 512;
/** More records than this: looking at the whole surface is cheaper than at each node. */
const hugeRecords = 1_000;
/** Hosts looked into for shadow roots; a page with more is looked at where it was found first. */
const shadowsAtMost = 50;

export interface Batch {
  /** Look at everything: too much changed, a root came or went, or the tab was hidden in between. */
  readonly full: boolean;
  /** Nodes in which something changed: the row around each is to be read again, not all rows inside. */
  readonly changed: ReadonlySet<Node>;
  /** Elements that came: rows, parts of rows, or holders of rows. */
  readonly added: ReadonlySet<Element>;
}

export interface Targets {
  /** What holds the rows; empty: the whole body is watched. */
  readonly roots: readonly Element[];
  /** Attributes whose change means that a row shows something else. */
  readonly attributes: readonly string[];
  /** Selector of hosts whose open shadow root holds rows; empty for none. */
  readonly shadow: string;
}

/** Where no surface says what to watch. */
export const wholeBody: Targets = { roots: [], attributes: [], shadow: '' };

export interface WatcherEvents {
  /**
   * Before the browser paints: these nodes, or something in them, changed; `null` for more than is worth naming. Called for
   * each change, so it must be cheap however often it is called.
   */
  onChange(nodes: ReadonlySet<Node> | null): void;
  onBatch(batch: Batch): void;
}

export interface Watcher {
  /** What to watch from now on; `null` for nothing. */
  watch(targets: Targets | null): void;
  /** Runs a change of ours without hearing it. What the page changed before is kept. */
  writing<T>(change: () => T): T;
  /** Whether other roots or shadow roots than the watched ones are there now. */
  stale(now: Targets, came: ReadonlySet<Element>): boolean;
  /** Places in which rows may be: the roots and the shadow roots under them. */
  scopes(): readonly ParentNode[];
}

/** Shadow roots of the hosts under a node, and of the hosts under those. */
export function shadowRootsUnder(scope: ParentNode, selector: string, found: ShadowRoot[] = []): ShadowRoot[] {
  if (selector === '') return found;
  for (const host of scope.querySelectorAll(selector)) {
    const root = host.shadowRoot;
    if (!root || found.includes(root)) continue;
    if (found.length >= shadowsAtMost) break;
    found.push(root);
    shadowRootsUnder(root, selector, found);
  }
  return found;
}

export function createWatcher(doc: Document, events: WatcherEvents, signal: AbortSignal): Watcher {
  let targets: Targets | null = null;
  let scopes: readonly ParentNode[] = [];
  let watched: readonly Element[] = [];
  let changed = new Set<Node>();
  let added = new Set<Element>();
  let records = 0;
  let depth = 0;
  let full = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const observer = new MutationObserver(gather);

  function forget(): void {
    changed = new Set();
    added = new Set();
    records = 0;
    full = false;
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const batch: Batch = { full: full || records > hugeRecords, changed, added };
    forget();
    events.onBatch(batch);
  }

  function gather(changes: readonly MutationRecord[]): void {
    if (changes.length === 0 || !targets) return;
    events.onChange(changes.length > hugeRecords ? null : new Set(changes.map(({ target }) => target)));
    records += changes.length;
    if (records > hugeRecords) {
      changed.clear();
      added.clear();
    } else {
      for (const change of changes) {
        changed.add(change.target);
        for (const node of change.addedNodes) if (node instanceof Element) added.add(node);
      }
    }
    // A huge batch waits: the rest of its burst belongs to the same look.
    if (changed.size + added.size >= flushNodes && records <= hugeRecords) flush();
    else timer ??= setTimeout(flush, throttleMs);
  }

  function connect(): void {
    observer.disconnect();
    scopes = [];
    if (!targets || doc.hidden || signal.aborted) return;
    const { attributes, shadow } = targets;
    const roots = targets.roots.filter((root) => root.isConnected);
    watched = roots;
    const bases: Element[] = roots.length > 0 ? roots : [doc.body ?? doc.documentElement];
    scopes = [...bases, ...bases.flatMap((base) => shadowRootsUnder(base, shadow))];
    const options: MutationObserverInit = {
      childList: true,
      subtree: true,
      // React, Vue and Owl write a reused row by its text nodes alone; nothing else would tell.
      characterData: true,
      ...(attributes.length > 0 ? { attributeFilter: [...attributes] } : {}),
    };
    for (const scope of scopes) observer.observe(scope, options);
    // A root may be replaced, and its own record would be its parent's: watch the way up, children only.
    for (const root of roots)
      for (let up = holderOf(root); up && up !== doc.documentElement; up = holderOf(up))
        if (!scopes.includes(up)) observer.observe(up, { childList: true });
  }

  doc.addEventListener(
    'visibilitychange',
    () => {
      if (doc.hidden) {
        clearTimeout(timer);
        timer = undefined;
        observer.disconnect();
      } else if (targets) {
        connect();
        full = true;
        events.onChange(null);
        flush();
      }
    },
    { signal },
  );
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    observer.disconnect();
    targets = null;
  });

  return {
    watch(next) {
      targets = next;
      connect();
      if (next) return;
      clearTimeout(timer);
      timer = undefined;
      forget();
    },
    writing(change) {
      if (depth === 0) gather(observer.takeRecords());
      depth += 1;
      try {
        return change();
      } finally {
        depth -= 1;
        if (depth === 0) observer.takeRecords();
      }
    },
    stale(now, came) {
      if (!targets || now.roots.length !== watched.length || now.roots.some((root, index) => root !== watched[index]))
        return true;
      if (now.shadow === '') return false;
      return [...came].some((el) => el.matches(now.shadow) || el.querySelector(now.shadow) !== null);
    },
    scopes: () => scopes,
  };
}
