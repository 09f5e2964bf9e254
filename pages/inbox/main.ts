import { start } from './start.ts';

for (const host of document.querySelectorAll<HTMLElement>('befriend-inbox')) void start(host, location, history);
