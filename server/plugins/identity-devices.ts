import { answer, refuse } from '../core/effect.ts';
import type { PluginHost } from '../core/plugin.ts';
import { deviceLogins, isLiving, revoked } from './identity-logins.ts';

/** Lets people log out, see where they are logged in, and end that. */
export function ownDevices(host: PluginHost): void {
  host.on('user.logout', async ({ device, now, read, user }) => {
    const own = (await deviceLogins(read, user.id)).filter((login) => login.device === device);
    // The answer first: with what follows it, the connection is nobody's.
    return [answer('ack', {}), ...revoked(own, now)];
  });

  host.on('device.list', async ({ device: current, now, read, user }) => {
    const living = (await deviceLogins(read, user.id)).filter((login) => isLiving(login, now));
    const ends = new Map(living.map(({ device, until }) => [device, until]));
    const devices = Array.from(ends, ([device, until]) => ({
      ...{ device, current: device === current },
      ...(until === undefined ? {} : { until }),
    }));
    return [answer('device.listed', { devices })];
  });

  host.on('device.revoke', async ({ action, now, read, user }) => {
    const named = (await deviceLogins(read, user.id)).filter(({ device }) => device === action.body.device);
    return named.length === 0 ? [refuse('not_found')] : [answer('ack', {}), ...revoked(named, now)];
  });
}
