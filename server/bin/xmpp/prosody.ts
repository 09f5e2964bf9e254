import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { processesEnded, processesOf, signalAll } from './processes.ts';
import { findProsody, type ProsodyBinary } from './prosody-binary.ts';
import { prosodyCfg, prosodyModules } from './prosody-config.ts';
import { prosodyFailure } from './prosody-log.ts';
import { answering, onFreePorts } from './ready.ts';
import { defaultBytesPerSecond, deployFolder } from './server-config.ts';
import { claimFolder, componentSecret, prepareFolder, type ServerFolder, writePrivateFile } from './server-folder.ts';
import { freePorts } from './tcp-ports.ts';
import type { XmppServer, XmppServerError, XmppServerOptions } from './xmpp-server.ts';

/** What is wanted of an installed Prosody. */
export interface ProsodyOptions extends XmppServerOptions {
  /** The path of `prosody`; found by itself unless told. */
  readonly binary?: string;
  /** How long it may take until it answers, milliseconds; 30,000 unless told. */
  readonly readyWithinMs?: number;
}

/** How long a clean end may take before it is killed, milliseconds. */
const cleanEndMs = 10_000;

const loopback = '127.0.0.1';

/** All that starting and ending need to know. */
interface Installation {
  readonly options: ProsodyOptions;
  readonly binary: ProsodyBinary;
  readonly folder: ServerFolder;
  readonly configFile: string;
  readonly wsPort: number;
  readonly componentPort: number;
  readonly clientPort: number;
  readonly secret: string;
}

/**
 * Starts the installed Prosody on 127.0.0.1 with configuration, accounts and log of its own below `dataDir`, and
 * resolves when it answers on the WebSocket and on the component's port. It runs in a process group of its own, so
 * that Ctrl-C reaches us only; one that an earlier, killed run of the same data folder left behind is ended first.
 *
 * @throws XmppServerError with its code; then nothing is left running.
 */
export async function startProsody(options: ProsodyOptions): Promise<XmppServer> {
  const binary = findProsody(options.binary);
  const folder = prepareFolder(options.dataDir, 'prosody', binary.owner);
  if (folder.elsewhere) {
    options.log.warn('Prosody cannot reach the data folder and keeps its files elsewhere', { folder: folder.spool });
  }
  claimFolder(folder, 'Prosody');
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

async function configure(options: ProsodyOptions, binary: ProsodyBinary, folder: ServerFolder): Promise<Installation> {
  const wishes = [options.wsPort, options.componentPort, options.clientPort ?? 0];
  const [wsPort = 0, componentPort = 0, clientPort = 0] = await freePorts(wishes);
  const secret = componentSecret(options.dataDir);
  const configFile = configFileOf(folder);
  const settings = {
    ...{ ...options, ...folder, secret, wsPort, componentPort, clientPort, ip: loopback },
    accountsHost: options.accountsHost ?? 'localhost',
    bytesPerSecond: options.bytesPerSecond ?? defaultBytesPerSecond,
  };
  mkdirSync(folder.modules, { recursive: true, mode: 0o755 });
  for (const name of prosodyModules) copyFileSync(join(deployFolder('prosody'), name), join(folder.modules, name));
  writePrivateFile(configFile, prosodyCfg(settings), binary.owner);
  return { options, binary, folder, configFile, wsPort, componentPort, clientPort, secret };
}

function configFileOf(folder: ServerFolder): string {
  return join(folder.config, 'prosody.cfg.lua');
}

function serverOf(installation: Installation): XmppServer {
  const { options, binary, folder, configFile, componentPort, clientPort, secret } = installation;
  return {
    kind: 'prosody',
    name: `Prosody ${binary.version}`,
    service: serviceOf(installation),
    visitorsHost: options.visitorsHost,
    component: { host: loopback, port: componentPort, secret },
    clients: { host: loopback, port: clientPort },
    stop: async () => {
      await end(folder, options);
      rmSync(folder.ownerFile, { force: true });
    },
    restart: async () => {
      await end(folder, options);
      await run(installation);
    },
    kill: () => signalAll(processesOf(configFile), 'SIGKILL'),
    ctl: async (...words) => {
      const { stdout } = await promisify(execFile)(binary.ctl, ['--config', configFile, ...words], { cwd: '/' });
      return stdout;
    },
  };
}

function serviceOf({ wsPort }: Installation): string {
  return `ws://${loopback}:${wsPort}/xmpp-websocket`;
}

async function run(installation: Installation): Promise<void> {
  const { folder, options } = installation;
  const logStart = existsSync(folder.logFile) ? statSync(folder.logFile).size : 0;
  const server = launch(installation);
  try {
    const failure = (): XmppServerError | undefined => {
      const ended = server.exitCode !== null || server.signalCode !== null || server.pid === undefined;
      return prosodyFailure(folder, logStart, ended);
    };
    const advice = `see ${folder.logFile}`;
    await answering({ ...serverOf(installation), friend: options.friend, failure, advice }, options.readyWithinMs);
  } catch (error) {
    await end(folder, options);
    throw error;
  }
}

function launch({ binary, folder, configFile }: Installation): ChildProcess {
  const output = openSync(folder.consoleFile, 'w', 0o600);
  const server = spawn(binary.path, ['--config', configFile, '-F'], {
    ...{
      cwd: '/',
      detached: true,
      stdio: ['ignore', output, output],
      env: { PATH: process.env.PATH, HOME: folder.spool },
    },
    ...binary.owner,
  });
  closeSync(output);
  server.on('error', () => undefined);
  server.unref();
  return server;
}

async function end(folder: ServerFolder, { log }: ProsodyOptions): Promise<void> {
  const configFile = configFileOf(folder);
  signalAll(processesOf(configFile), 'SIGTERM');
  if (await processesEnded(configFile, cleanEndMs)) return;
  log.warn('Prosody did not end in time and is killed');
  signalAll(processesOf(configFile), 'SIGKILL');
  await processesEnded(configFile, cleanEndMs);
}

async function endStale(folder: ServerFolder, options: ProsodyOptions): Promise<void> {
  if (processesOf(configFileOf(folder)).length === 0) return;
  options.log.warn('a Prosody of an earlier run still used this data folder and is ended');
  await end(folder, options);
}
