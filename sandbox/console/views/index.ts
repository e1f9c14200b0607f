import { casesView } from "@/sandbox/console/views/cases";
import { clockView } from "@/sandbox/console/views/clock";
import { connectionView } from "@/sandbox/console/views/connection";
import { connectionsView } from "@/sandbox/console/views/connections";
import { deliveryView } from "@/sandbox/console/views/delivery";
import { faultsView } from "@/sandbox/console/views/faults";
import { requestView } from "@/sandbox/console/views/request";
import { requestsView } from "@/sandbox/console/views/requests";
import { startView } from "@/sandbox/console/views/start";
import { webhooksView } from "@/sandbox/console/views/webhooks";
import type { View } from "@/sandbox/console/view";
import type { IconName } from "@/sandbox/pages/icons";

/** What each address of the console shows. */
export const views: Record<string, View> = {
  connections: connectionsView,
  connection: connectionView,
  requests: requestsView,
  request: requestView,
  webhooks: webhooksView,
  delivery: deliveryView,
  faults: faultsView,
  cases: casesView,
  clock: clockView,
  start: startView,
};

/** The way through the console; what a thing is listed under is current for the thing too. */
export const navigation: { view: string; title: string; icon: IconName; covers?: string }[] = [
  { view: "connections", title: "Connections", icon: "plug", covers: "connection" },
  { view: "requests", title: "Requests", icon: "list", covers: "request" },
  { view: "webhooks", title: "Webhooks", icon: "send", covers: "delivery" },
  { view: "faults", title: "Faults", icon: "bolt" },
  { view: "cases", title: "Cases", icon: "flask" },
  { view: "clock", title: "Clock and state", icon: "clock" },
  { view: "start", title: "Connect your code", icon: "book" },
];
