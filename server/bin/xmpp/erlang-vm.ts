import { commandLine, processesOf } from './processes.ts';

/**
 * The Erlang virtual machines whose Mnesia folder is `spool`. The launcher is a chain of shells and `su`, so the VM is
 * no child of ours; its command line names the folder, and is what a stale pid file cannot fake.
 */
export function vmsOf(spool: string): number[] {
  return processesOf(spool).filter((pid) => commandLine(pid)[0]?.endsWith('beam.smp') === true);
}
