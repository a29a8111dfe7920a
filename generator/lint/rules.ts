import type { Rule } from './rule.ts';
import { closedResult } from './rules/closed-result.ts';
import { deprecationOrder } from './rules/deprecation-order.ts';
import { docWithoutEnd } from './rules/doc-without-end.ts';
import { enumWithoutMembers } from './rules/enum-without-members.ts';
import { idleAdapter } from './rules/idle-adapter.ts';
import { idleSpelling } from './rules/idle-spelling.ts';
import { idleVersion } from './rules/idle-version.ts';
import { impossibleNull } from './rules/impossible-null.ts';
import { methodWithoutOperation } from './rules/method-without-operation.ts';
import { missingUnit } from './rules/missing-unit.ts';
import { mixedMemberCase } from './rules/mixed-member-case.ts';
import { redundantRemoved } from './rules/redundant-removed.ts';
import { redundantSince } from './rules/redundant-since.ts';
import { repeatedDoc } from './rules/repeated-doc.ts';
import { repeatedKey } from './rules/repeated-key.ts';
import { repeatedOperation } from './rules/repeated-operation.ts';
import { snapshotOrder } from './rules/snapshot-order.ts';
import { unexplainedNull } from './rules/unexplained-null.ts';
import { unexplainedResult } from './rules/unexplained-result.ts';
import { unfinishedDoc } from './rules/unfinished-doc.ts';
import { unknownReplacement } from './rules/unknown-replacement.ts';
import { unmarkedOpaque } from './rules/unmarked-opaque.ts';
import { unmarkedSecret } from './rules/unmarked-secret.ts';
import { unusedBatch } from './rules/unused-batch.ts';
import { unusedEnum } from './rules/unused-enum.ts';
import { unusedType } from './rules/unused-type.ts';
import { usesDeprecated } from './rules/uses-deprecated.ts';

/** Our rules, by code. */
export const rules: readonly Rule[] = [
  unusedType,
  unusedEnum,
  unusedBatch,
  methodWithoutOperation,
  repeatedOperation,
  unmarkedOpaque,
  unmarkedSecret,
  unexplainedNull,
  impossibleNull,
  unexplainedResult,
  closedResult,
  unknownReplacement,
  deprecationOrder,
  usesDeprecated,
  redundantSince,
  redundantRemoved,
  enumWithoutMembers,
  idleVersion,
  snapshotOrder,
  mixedMemberCase,
  idleSpelling,
  repeatedDoc,
  unfinishedDoc,
  docWithoutEnd,
  missingUnit,
  repeatedKey,
  idleAdapter,
];
