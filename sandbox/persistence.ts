import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

/** Where records are kept between runs. */
export interface Persistence {
  load(kind: string): [id: string, json: string][];
  /** Notes a change; null deletes. Nothing is durable before `flush`. */
  write(kind: string, id: string, row: unknown): void;
  flush(): void;
  close(): void;
}

interface Statements {
  put: StatementSync;
  drop: StatementSync;
  load: StatementSync;
}

/** Records in one SQLite file, or nowhere when no folder is given. */
export class Database implements Persistence {
  private readonly db: DatabaseSync | null = null;
  private readonly statements: Statements | null = null;
  private readonly pending = new Map<string, { kind: string; id: string; row: unknown }>();

  constructor(folder: string | undefined) {
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    const file = path.join(folder, "sandbox.sqlite");
    this.db = new DatabaseSync(file);
    chmodSync(file, 0o600);
    // Exclusive: a second sandbox on the same folder stops with "database is locked" instead of diverging.
    this.db.exec("pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full");
    this.db.exec(
      "create table if not exists records (kind text, id text, json text, primary key (kind, id)) without rowid",
    );
    this.statements = {
      put: this.db.prepare("insert or replace into records values (?, ?, ?)"),
      drop: this.db.prepare("delete from records where kind = ? and id = ?"),
      load: this.db.prepare("select id, json from records where kind = ?"),
    };
  }

  load(kind: string): [string, string][] {
    return (this.statements?.load.all(kind) ?? []).map((row) => [String(row["id"]), String(row["json"])]);
  }

  write(kind: string, id: string, row: unknown): void {
    if (this.statements) this.pending.set(`${kind}/${id}`, { kind, id, row });
  }

  flush(): void {
    if (!this.db || !this.statements || this.pending.size === 0) return;
    this.db.exec("begin immediate");
    try {
      for (const { kind, id, row } of this.pending.values()) {
        if (row === null) this.statements.drop.run(kind, id);
        else this.statements.put.run(kind, id, JSON.stringify(row));
      }
      this.db.exec("commit");
    } catch (error) {
      // What is pending stays so, and the next flush tries again.
      this.db.exec("rollback");
      throw error;
    }
    this.pending.clear();
  }

  close(): void {
    this.flush();
    this.db?.close();
  }
}
