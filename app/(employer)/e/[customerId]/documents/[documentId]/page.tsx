import type { Metadata } from "next";
import { DocumentsTable, formName } from "@/components/documents/documents-table";
import { FetchAgain } from "@/components/documents/fetch-again";
import { W4Form } from "@/components/documents/w4-form";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { Banner } from "@/components/ui/banner";
import { Copyable } from "@/components/ui/copyable";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { NothingLegend } from "@/components/ui/legend";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section, Split } from "@/components/ui/section";
import { getDocument } from "@/lib/domain/documents/get-document";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { requestW4SyncAction } from "../actions";

export const metadata: Metadata = { title: "Tax form" };

interface DocumentPageProps {
  params: Promise<{ customerId: string; documentId: string }>;
}

export default async function DocumentPage({ params }: DocumentPageProps) {
  const { customerId, documentId } = await params;
  const ctx = await employerContext(customerId, { permission: "document:read" });
  const view = await orNotFound(getDocument(ctx, { documentId }));
  const { document, form, source, others } = view;
  const { person, connection } = document;
  const title = `${formName(document.type)}${document.year === null ? "" : `, ${document.year}`}`;
  return (
    <>
      <Breadcrumbs
        items={[
          { label: view.customerName, href: paths.employer(customerId) },
          { label: "Documents", href: paths.documents(customerId) },
          { label: person?.name ?? "Nobody named" },
        ]}
      />
      <PageHeader
        title={title}
        actions={
          view.mayFetchAgain && person ? (
            <FetchAgain
              customerId={ctx.scope.customerId}
              connectionId={connection.id}
              individualId={person.id}
              request={requestW4SyncAction}
            />
          ) : null
        }
        description={
          <>
            {person ? (
              person.gone ? (
                `${person.name}, no longer in the directory`
              ) : (
                <TextLink href={paths.individual(customerId, person.id)}>{person.name}</TextLink>
              )
            ) : (
              "Finch names nobody"
            )}
            {" · "}
            {document.readAt ? (
              <RelativeTime value={document.readAt} now={view.now} zone={view.timeZone} prefix="as of " />
            ) : (
              "not read yet"
            )}
            , from {connection.providerName}
          </>
        }
      />
      {view.failure ? (
        <Banner
          tone="failing"
          className="mb-5"
          title="The form could not be read"
          means={`Finch answered: ${view.failure}`}
          todo="The next sync asks again."
        />
      ) : null}
      <Split
        rail={
          <Section title="About this form">
            <DefinitionList>
              <Definition term="From">{source.providerName}</Definition>
              <Definition term="Finch id">
                <Copyable value={view.finchDocumentId} label="Finch document id" />
              </Definition>
              <Definition term="SSN">never shown here</Definition>
            </DefinitionList>
          </Section>
        }
      >
        <W4Form form={form} provider={connection.providerName} />
        {others.length > 0 ? (
          <Section title="Other forms of this person">
            <DocumentsTable customerId={customerId} rows={others} severalSources={false} />
          </Section>
        ) : null}
      </Split>
      <NothingLegend className="pt-8" />
    </>
  );
}
