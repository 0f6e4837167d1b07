import type { RouteKind } from '../../lib/lead/lead';

export const routeKinds = ['record', 'list', 'board'] as const satisfies readonly RouteKind[];
