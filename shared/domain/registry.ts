import type { Bilingual, Catalogue } from './catalogue.ts';
import type { Channel, Coordinator, Registry } from './coordinator.ts';
import { ProblemError, type ProblemPlace } from './problem.ts';
import { currentReach, statusOf } from './reach.ts';

/** How each channel of a coordinator stands: `{ email: 'live', sms: 'gone' }`; channels they lack are left out. */
export type ReachView = Partial<Record<Channel, 'pending' | 'live' | 'gone'>>;

/** A coordinator, and how it stands with their addresses. */
export type CoordinatorView = Coordinator & { reach: ReachView };

/** The coordinators of a registry, each with how they can be reached. */
export function viewCoordinators({ coordinators, reach }: Registry): CoordinatorView[] {
  return coordinators.map((coordinator) => {
    const view: ReachView = {};
    for (const channel of ['email', 'sms'] as const) {
      const entry = currentReach(reach, coordinator.id, channel);
      const status = entry && statusOf(entry);
      if (status !== undefined && status !== 'unused') view[channel] = status;
    }
    return { ...coordinator, reach: view };
  });
}

/** What is wrong with one coordinator of a list; `index` counts from 0, `field` is such as `scopes.1`. */
export interface RegistryFault {
  index: number;
  field: string;
  code: 'id-taken' | 'scope-unknown' | 'account-taken' | 'account-unknown';
  detail: Bilingual;
}

/**
 * What is wrong with a list of coordinators that is to be registered, beside `others`, who stay: an id or an
 * account that somebody else has, a scope that is neither a unit nor a task.
 */
export function checkCoordinators(
  { units, tasks }: Pick<Catalogue, 'units' | 'tasks'>,
  coordinators: readonly Coordinator[],
  others: readonly Coordinator[],
): RegistryFault[] {
  const known = new Set([...units.map(({ id }) => id), ...tasks.map(({ ref }) => ref)]);
  const ownerOfId = new Map(others.map((other) => [other.id, other]));
  const ownerOfAccount = new Map(others.flatMap((other) => (other.account ? [[other.account, other]] : [])));
  return coordinators.flatMap((coordinator, index) => {
    const { id, account, scopes = [] } = coordinator;
    const faults: RegistryFault[] = scopes.flatMap((scope, position) =>
      known.has(scope) ? [] : [scopeUnknown(index, position, scope)],
    );
    const sameId = ownerOfId.get(id);
    if (sameId) faults.push(idTaken(index, id, sameId.unit));
    const sameAccount = account === undefined ? undefined : ownerOfAccount.get(account);
    if (sameAccount) faults.push(accountTaken(index, sameAccount));
    ownerOfId.set(id, coordinator);
    if (account !== undefined) ownerOfAccount.set(account, coordinator);
    return faults;
  });
}

function scopeUnknown(index: number, position: number, scope: string): RegistryFault {
  return {
    index,
    field: `scopes.${position}`,
    code: 'scope-unknown',
    detail: {
      vi: `«${scope}» không phải mã đơn vị hoặc nhiệm vụ; xem npx tiendo catalogue`,
      en: `“${scope}” is neither a unit nor a task; see npx tiendo catalogue`,
    },
  };
}

function idTaken(index: number, id: string, unit: string): RegistryFault {
  return {
    index,
    field: 'id',
    code: 'id-taken',
    detail: {
      vi: `mã đầu mối «${id}» đã có ở đơn vị ${unit}; hãy chọn mã khác`,
      en: `the unit ${unit} has a coordinator “${id}” already; choose another id`,
    },
  };
}

function accountTaken(index: number, { id, unit }: Coordinator): RegistryFault {
  return {
    index,
    field: 'account',
    code: 'account-taken',
    detail: {
      vi: `tài khoản này đã là của đầu mối ${id} (đơn vị ${unit})`,
      en: `this account belongs to the coordinator ${id} (unit ${unit}) already`,
    },
  };
}

/** Nobody signs in with the account a coordinator is said to have. */
export function accountUnknown(index: number, account: string): RegistryFault {
  const remedy = `npx tiendo users add --email ${account} --role coordinator`;
  return {
    index,
    field: 'account',
    code: 'account-unknown',
    detail: {
      vi: `chưa có tài khoản ${account}; hãy tạo trước: ${remedy}`,
      en: `there is no account ${account}; make it first: ${remedy}`,
    },
  };
}

/** The list of coordinators cannot be registered; `places` names each wrong field. */
export function coordinatorsInvalid(faults: readonly RegistryFault[]): ProblemError {
  const places = faults.map(({ index, field, code, detail }): ProblemPlace => {
    return { at: `coordinators.${index}.${field}`, code, detail };
  });
  const list = (language: keyof Bilingual) =>
    places.map(({ at, detail }) => `${at}: ${detail[language]}`).join('; ');
  return new ProblemError(
    400,
    'coordinators-invalid',
    'The coordinators cannot be registered',
    {
      vi: `Danh sách đầu mối chưa đúng: ${list('vi')}.`,
      en: `The coordinators are not right: ${list('en')}.`,
    },
    places,
  );
}

/** Every topic has as many subscriptions as it may have. */
export function topicsFull(): ProblemError {
  return new ProblemError(409, 'topics-full', 'No topic has room for another e-mail address', {
    vi: 'Hệ thống đã hết chỗ cho địa chỉ e-mail mới. Hãy bỏ các đầu mối không còn dùng, hoặc đề nghị người vận hành thêm chủ đề SNS (xem docs/runbook.md).',
    en: 'There is no room for another e-mail address. Take out coordinators who are not needed, or ask the operator for more SNS topics (see docs/runbook.md).',
  });
}
