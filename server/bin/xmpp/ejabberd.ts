import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type EjabberdBinary, findEjabberd } from './ejabberd-binary.ts';
import { ejabberdctlCfg, ejabberdYml } from './ejabberd-config.ts';
import { compiledFence } from './ejabberd-fence.ts';
import { failureIn } from './ejabberd-log.ts';
import { vmsOf } from './erlang-vm.ts';
import { processesEnded, processesOf, signalAll } from './processes.ts';
import { answering, onFreePorts } from './ready.ts';
import { defaultBytesPerSecond } from './server-config.ts';
import { claimFolder, componentSecret, prepareFolder, type ServerFolder, writePrivateFile } from './server-folder.ts';
import { freePorts } from './tcp-ports.ts';
import type { XmppServer, XmppServerError, XmppServerOptions } from './xmpp-server.ts';

/** What is wanted of an installed ejabberd. */
export interface EjabberdOptions extends XmppServerOptions {
  /** The path of `ejabberdctl`; found by itself unless told. */
  readonly binary?: string;
  /** The path of `erlc`, which compiles the fence; found by itself unless told. */
  readonly erlc?: string;
  /** How long it may take until it answers, milliseconds; 30,000 unless told. */
  readonly readyWithinMs?: number;
}

/** How long a clean end may take before the VM is killed, milliseconds. */
const cleanEndMs = 10_000;

const loopback = '127.0.0.1';

/** All that starting and ending need to know. */
interface Installation {
  readonly options: EjabberdOptions;
  readonly binary: EjabberdBinary;
  readonly folder: ServerFolder;
  readonly wsPort: number;
  readonly componentPort: number;
  readonly clientPort: number;
  readonly secret: string;
}

/**
 * Starts the installed ejabberd on 127.0.0.1 with configuration, accounts and logs of its own below `dataDir`, and
 * resolves when it answers on the WebSocket and on the component's port. It runs in a process group of its own, so
 * that Ctrl-C reaches us only; one that an earlier, killed run of the same data folder left behind is ended first.
 *
 * @throws XmppServerError with its code; then nothing is left running.
 */
export async function startEjabberd(options: EjabberdOptions): Promise<XmppServer> {
  const binary = findEjabberd(options.binary, options.erlc);
  const folder = prepareFolder(options.dataDir, 'ejabberd', binary.owner);
  if (folder.elsewhere) {
    options.log.warn('ejabberd cannot reach the data folder and keeps its files elsewhere', { folder: folder.spool });
  }
  claimFolder(folder, 'ejabberd');
  try {
    await endStale(folder, options);
    return await onFreePorts(async () => {
      const installation = await configure(options, binary, folder);
      await run(installation);
      return serverOf(installation);
    });
  } catch (error) {
    rmSync(folder.ownerFile, { force: true });
    throw error;
  }
}

async function configure(
  options: EjabberdOptions,
  binary: EjabberdBinary,
  folder: ServerFolder,
): Promise<Installation> {
  const wishes = [options.wsPort, options.componentPort, options.clientPort ?? 0, 0];
  const [wsPort = 0, componentPort = 0, clientPort = 0, distPort = 0] = await freePorts(wishes);
  const accountsHost = options.accountsHost ?? 'localhost';
  const bytesPerSecond = options.bytesPerSecond ?? defaultBytesPerSecond;
  const secret = componentSecret(options.dataDir);
  const fence = await compiledFence(binary, folder.modules);
  if (!fence.ok) {
    const what = 'Visitors who know each other’s address can reach each other with stanzas that have no body';
    options.log.warn(what, { why: fence.why });
  }
  const settings = {
    ...options,
    compiledFence: fence.ok,
    accountsHost,
    bytesPerSecond,
    ip: loopback,
    wsPort,
    componentPort,
    clientPort,
    secret,
  };
  writePrivateFile(join(folder.config, 'ejabberd.yml'), ejabberdYml(settings), binary.owner);
  writeFileSync(
    join(folder.config, 'ejabberdctl.cfg'),
    ejabberdctlCfg({ distPort, pidFile: folder.pidFile, ebin: folder.modules }),
  );
  writeFileSync(join(folder.config, 'inetrc'), '{lookup,["file","native"]}.\n');
  return { options, binary, folder, wsPort, componentPort, clientPort, secret };
}

function serverOf(installation: Installation): XmppServer {
  const { options, binary, folder, componentPort, clientPort, secret } = installation;
  return {
    kind: 'ejabberd',
    name: `ejabberd ${binary.version}`,
    service: serviceOf(installation),
    visitorsHost: options.visitorsHost,
    component: { host: loopback, port: componentPort, secret },
    clients: { host: loopback, port: clientPort },
    stop: async () => {
      await end(installation);
      rmSync(folder.ownerFile, { force: true });
    },
    restart: async () => {
      await end(installation);
      await run(installation);
    },
    kill: () => signalAll(processesOf(folder.spool), 'SIGKILL'),
    ctl: (...words) => ctl(installation, words),
  };
}

function serviceOf({ wsPort }: Installation): string {
  return `ws://${loopback}:${wsPort}/xmpp-websocket`;
}

async function run(installation: Installation): Promise<void> {
  const { folder, options } = installation;
  const logStart = existsSync(folder.logFile) ? statSync(folder.logFile).size : 0;
  const launcher = launch(installation);
  try {
    const failure = (): XmppServerError | undefined => {
      const ended = launcher.exitCode !== null || launcher.signalCode !== null || launcher.pid === undefined;
      return failureIn(folder, logStart, ended);
    };
    const advice = `see ${folder.logFile}`;
    await answering({ ...serverOf(installation), friend: options.friend, failure, advice }, options.readyWithinMs);
  } catch (error) {
    await end(installation);
    throw error;
  }
}

function launch({ binary, folder }: Installation): ChildProcess {
  const output = openSync(folder.consoleFile, 'w', 0o600);
  const words = [...launcherWords(folder), 'foreground-quiet'];
  const launcher = spawn(binary.path, words, { cwd: '/', detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  launcher.on('error', () => undefined);
  launcher.unref();
  return launcher;
}

/**
 * The VM itself takes SIGTERM as an orderly end: streams are closed, Mnesia is written. Without a VM there is nothing
 * to write, and `su` would take two seconds over SIGTERM.
 */
async function end({ folder, options }: Pick<Installation, 'folder' | 'options'>): Promise<void> {
  const vms = vmsOf(folder.spool);
  if (vms.length > 0) signalAll(vms, 'SIGTERM');
  else signalAll(processesOf(folder.spool), 'SIGKILL');
  if (await processesEnded(folder.spool, cleanEndMs)) return;
  options.log.warn('ejabberd did not end in time and is killed');
  signalAll(processesOf(folder.spool), 'SIGKILL');
  await processesEnded(folder.spool, cleanEndMs);
}

async function endStale(folder: ServerFolder, options: EjabberdOptions): Promise<void> {
  if (processesOf(folder.spool).length === 0) return;
  options.log.warn('an ejabberd of an earlier run still used this data folder and is ended');
  await end({ folder, options });
}

async function ctl({ binary, folder }: Installation, words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(binary.path, [...launcherWords(folder), ...words], { cwd: '/' });
  return stdout;
}

/** The node's name is part of its database: it must not change with the ports, and needs not, as there is no epmd. */
function launcherWords(folder: ServerFolder): string[] {
  const { config, spool, logs } = folder;
  return ['--config-dir', config, '--spool', spool, '--logs', logs, '--node', 'befriend@localhost'];
}
