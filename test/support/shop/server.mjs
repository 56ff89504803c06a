// A small service: it asks PostgreSQL for the stock again and again, and logs with pino. Usage: server.mjs PORT LOG_FILE
import pg from 'pg';
import pino from 'pino';

const [port, logFile] = process.argv.slice(2);
const log = pino({ name: 'shop' }, pino.destination({ dest: logFile, sync: true }));
const pool = new pg.Pool({ host: '127.0.0.1', port: Number(port), user: 'postgres', database: 'postgres', max: 2 });

pool.on('error', (error) => log.error(error, 'idle client failed'));
setInterval(ask, 100);

async function ask() {
  try {
    const { rows } = await pool.query('SELECT count(*)::int AS stock FROM pg_class');
    log.info({ stock: rows[0].stock }, 'stock counted');
  } catch (error) {
    log.error(error, 'stock not counted');
  }
}
