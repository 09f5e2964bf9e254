import { storeContract } from './contract.ts';
import { sqliteStore } from './sqlite.ts';

storeContract('SQLite', async () => {
  const store = sqliteStore({ path: ':memory:' });
  await store.open();
  return store;
});
