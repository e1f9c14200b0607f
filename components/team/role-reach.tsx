"use client";

import { Field, FieldError } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { GivableRoleView, TeamView } from "@/lib/domain/team/list-members";
import type { TeamPersonView } from "@/lib/domain/team/search-team-people";
import { PersonPicker } from "./person-picker";

interface RoleReachProps {
  customerId: string;
  manage: NonNullable<TeamView["manage"]>;
  role: GivableRoleView;
  connectionId: string | null;
  person: TeamPersonView | null;
  errorOf: (field: string) => string | null;
  onConnection: (id: string | null) => void;
  onPerson: (person: TeamPersonView | null) => void;
}

/** What the chosen role covers: everything, connections, or one person of one connection. */
export function RoleReach(props: RoleReachProps) {
  const { customerId, manage, role, connectionId, person, errorOf, onConnection, onPerson } = props;
  const { connections, everywhere } = manage;
  if (role.reach === "employer")
    return <p className="text-sm text-secondary">Covers all connections, also those that come later.</p>;
  if (role.reach === "employee" && connections.length === 0)
    return <FieldError>Connect a provider first: an employee is a person of its directory.</FieldError>;
  const options = [
    ...(role.reach === "connections" && everywhere
      ? [{ value: "", label: "All connections, also later ones" }]
      : []),
    ...connections.map(({ id, providerName }, index) => ({
      value: id,
      label: `${providerName}${namesake(connections, providerName) ? ` (${index + 1})` : ""}${role.reach === "connections" ? " only" : ""}`,
    })),
  ];
  const provider = connections.find(({ id }) => id === connectionId)?.providerName ?? "the connection";
  return (
    <>
      <Field label={role.reach === "employee" ? "Connection" : "Connections"} error={errorOf("connectionId")}>
        <Select
          options={options}
          value={connectionId ?? ""}
          onChange={(event) => onConnection(event.target.value || null)}
        />
      </Field>
      {role.reach === "employee" && connectionId ? (
        <PersonPicker
          key={connectionId}
          customerId={customerId}
          connectionId={connectionId}
          provider={provider}
          chosen={person}
          error={errorOf("individualId")}
          onChoose={onPerson}
        />
      ) : null}
    </>
  );
}

const namesake = (connections: readonly { providerName: string }[], name: string) =>
  connections.filter(({ providerName }) => providerName === name).length > 1;
