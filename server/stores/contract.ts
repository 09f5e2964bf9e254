import { describe } from 'vitest';
import type { Store } from '../core/store.ts';
import { commitContract } from './contract-commit.ts';
import { fileContract } from './contract-files.ts';
import { forgetContract } from './contract-forget.ts';
import { modelContract } from './contract-model.ts';
import { pageContract } from './contract-pages.ts';
import { peopleContract } from './contract-people.ts';
import { putContract } from './contract-puts.ts';
import { wordContract } from './contract-words.ts';

/** What every store promises, as tests. `make` returns an empty store that is open; each test closes its own. */
export function storeContract(name: string, make: () => Promise<Store>): void {
  describe(`the ${name} store`, () => {
    commitContract(make);
    putContract(make);
    peopleContract(make);
    pageContract(make);
    fileContract(make);
    forgetContract(make);
    wordContract(make);
    modelContract(make);
  });
}
