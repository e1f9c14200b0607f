import type { World } from "@/sandbox/call";
import {
  createAccount,
  createConnection,
  defaultAuthMethod,
  type NewConnection,
} from "@/sandbox/connections";
import { payrollEdits, payrollOf, type Payroll, type PayrollEdits } from "@/sandbox/payroll";
import { People, writePerson } from "@/sandbox/people";
import { findProvider } from "@/sandbox/providers";
import type { Connection, Entity } from "@/sandbox/records";
import { everyProduct } from "@/sandbox/routes/sandbox-connections";
import type { Person } from "@/sandbox/seed/types";

/** A company that cases share: one connection, or one entity of it. */
export class Ground {
  constructor(
    private readonly world: World,
    private readonly connectionId: string,
    private readonly place = 0,
  ) {}

  get connection(): Connection {
    const connection = this.world.store.connections.get(this.connectionId);
    if (!connection) throw new Error(`there is no connection ${this.connectionId}`);
    return connection;
  }

  get entity(): Entity {
    const entity = this.connection.entities[this.place];
    if (!entity) throw new Error(`connection ${this.connectionId} has no entity ${this.place}`);
    return entity;
  }

  /** Another entity of the same connection. */
  at(place: number): Ground {
    return new Ground(this.world, this.connectionId, place);
  }

  /** The day of the sandbox's clock. */
  get today(): string {
    return this.world.clock.iso().slice(0, 10);
  }

  /** What leads to this company. */
  get found(): { connection_id: string } {
    return { connection_id: this.connectionId };
  }

  get payroll(): Payroll {
    return payrollOf(this.world, this.connection, this.entity, "working");
  }

  get edits(): PayrollEdits {
    return payrollEdits(this.world, this.connection, this.entity);
  }

  /** The person at a place of the directory. */
  person(index: number): Person {
    const person = new People(this.world, this.connection, this.entity, "working").page(index, 1)[0];
    if (!person) throw new Error(`nobody at place ${index}`);
    return person;
  }

  write(individualId: string, values: Partial<Person>): void {
    writePerson(this.world, this.connection, individualId, values);
  }
}

type NewGround = Partial<Omit<NewConnection, "provider">> & { provider?: string; assisted?: boolean };

/** Makes the companies that cases are planted in, each once. */
export class Seedbed {
  private readonly grounds = new Map<string, Ground>();

  constructor(readonly world: World) {}

  /** The company of a name, made at its first use. */
  ground(name: string, wanted: NewGround = {}): Ground {
    const known = this.grounds.get(name);
    if (known) return known;
    const { provider: providerId = "gusto", assisted = false, ...rest } = wanted;
    const provider = findProvider(providerId);
    if (!provider) throw new Error(`there is no provider ${providerId}`);
    const connection = createConnection(this.world, {
      clientId: this.world.settings.clients[0]?.id ?? "",
      connectionType: "finch",
      provider,
      customerId: `case-${name.toLowerCase().replaceAll(" ", "-")}`,
      customerName: name,
      customerEmail: null,
      employeeSize: 20,
      ...rest,
    });
    const method = assisted ? "assisted" : defaultAuthMethod(provider);
    createAccount(this.world, connection, { method, products: [...everyProduct, "ssn"] });
    const ground = new Ground(this.world, connection.id);
    this.grounds.set(name, ground);
    return ground;
  }
}
