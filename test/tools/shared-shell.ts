/**
 * What every page of ours starts with, as one file: React, icons, what components share, the platform. Left to itself the
 * bundler makes a file of each icon and helper that two pages share, and to fetch, compile and link twenty of those costs a
 * page about 20 ms of CPU at its start, more than the few kilobytes that a small page does not need.
 */
import type { Plugin } from 'vite';

const shell =
  /\/node_modules\/(?:react|react-dom|scheduler|lucide-react)\/|\/components\/[^/]+\.(?:tsx?|css)$|\/lib\/platform\//u;

export function sharedShell(): Plugin {
  return {
    name: 'relevo-shared-shell',
    apply: 'build',
    outputOptions(output) {
      // Scripts of the worker and of sites are one file each already.
      if (output.format !== 'es') return null;
      return { ...output, codeSplitting: { groups: [{ name: 'shell', test: shell }] } };
    },
  };
}
