/**
 * When something was asked for the first time. Whoever got no answer and asks again names the same instant, so that the
 * worker knows again what it may have kept already.
 */
import { useState } from 'react';

/** The worker takes an instant of asking that is no older than a minute; less by the time that an answer may take. */
const repeatedWithinMs = 50_000;

export interface Asking {
  /** @param what tells one question from another. @param now epoch ms. @returns epoch ms. */
  readonly askedAt: (what: unknown, now: number) => number;
  /** It was answered: the same once more is another question. */
  readonly heard: () => void;
}

function createAsking(): Asking {
  let unheard: { readonly what: string; readonly at: number } | null = null;
  return {
    askedAt(question, now) {
      const what = JSON.stringify(question);
      const repeats = unheard?.what === what && now - unheard.at < repeatedWithinMs;
      if (unheard === null || !repeats) unheard = { what, at: now };
      return unheard.at;
    },
    heard() {
      unheard = null;
    },
  };
}

/** The same one for as long as the component lives. */
export const useAsking = (): Asking => useState(createAsking)[0];
