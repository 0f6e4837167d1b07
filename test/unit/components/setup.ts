/**
 * Runs before each file of screens, which share a process: React, its components and the fake browser are loaded once for
 * all of them. So every file has to leave the document empty, whatever it imports. It must not change what a query finds.
 */
import { configure, getConfig, prettyDOM } from '@testing-library/dom';
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);

/** Whether a poll asks: `findBy…` and `waitFor` fail many times before they succeed, and print the page at their end. */
function isPolled(): boolean {
  const config = getConfig();
  return '_disableExpensiveErrorDiagnostics' in config && config._disableExpensiveErrorDiagnostics === true;
}

configure({
  getElementError: (message, container) => {
    const error = new Error(
      isPolled() ? (message ?? '') : [message, prettyDOM(container)].filter(Boolean).join('\n\n'),
    );
    error.name = 'TestingLibraryElementError';
    return error;
  },
});
