// A PostgreSQL of our own, on a socket and a free port of loopback.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, newFolder, until } from './server.mjs';

const versions = '/usr/lib/postgresql';
const programs = existsSync(versions) ? readdirSync(versions).sort((a, b) => a - b).map((version) => join(versions, version, 'bin')).filter((bin) => existsSync(join(bin, 'postgres'))).at(-1) : undefined;

/** Why the tests on PostgreSQL cannot run; false: they can. */
export const lacking = programs ? false : 'PostgreSQL is not installed: tools/install-deps --test installs it';

const isRoot = process.getuid() === 0;
/** PostgreSQL refuses to run as root. */
const asUser = (program, args) => (isRoot ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args]);
const run = (program, args) => execFileSync(...asUser(join(programs, program), args), { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' });

export class Postgres {
  static async fresh(what) {
    const folder = newFolder(`${what}-postgres`);
    const data = join(folder, 'data');
    mkdirSync(data, { mode: 0o700 });
    if (isRoot) {
      const [uid, gid] = ['-u', '-g'].map((which) => Number(execFileSync('id', [which, 'postgres'])));
      for (const one of [folder, data]) chownSync(one, uid, gid);
    }
    run('initdb', ['-D', data, '-U', 'rapport', '--auth=trust', '--no-sync', '-E', 'UTF8']);
    const made = new Postgres();
    Object.assign(made, { folder, data, port: await freePort() });
    made.url = `postgresql://rapport@127.0.0.1:${made.port}/postgres`;
    return made;
  }

  async start() {
    const log = openSync(join(this.folder, '..', `${this.folder.split('/').at(-1)}.log`), 'a');
    const args = ['-D', this.data, '-k', this.folder, '-p', String(this.port), '-c', 'listen_addresses=127.0.0.1', '-c', 'shared_buffers=32MB'];
    // The log is opened by us: the folder is the database's user's.
    this.child = spawn(...asUser(join(programs, 'postgres'), args), { stdio: ['ignore', log, log], cwd: '/' });
    closeSync(log);
    this.child.ended = new Promise((done) => this.child.once('exit', done));
    await until('PostgreSQL was ready', () => {
      try {
        run('pg_isready', ['-q', '-h', this.folder, '-p', String(this.port)]);
        return true;
      } catch {
        return false;
      }
    }, 30_000, 100);
  }

  /** Stops it at once, its clients cut off, as a crash would; by the id of its own process. */
  async stop() {
    const pidFile = join(this.data, 'postmaster.pid');
    if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT');
    await this.child.ended;
  }

  async end() {
    if (this.child && this.child.exitCode === null) await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
