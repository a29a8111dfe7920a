import type { Rule } from './change.ts';
import { batchOpennessChanged } from './rules/batch-openness-changed.ts';
import { batchShapeChanged } from './rules/batch-shape-changed.ts';
import { carriedNullChanged } from './rules/carried-null-changed.ts';
import { constantAdded } from './rules/constant-added.ts';
import { constantRemoved } from './rules/constant-removed.ts';
import { constantTypeChanged } from './rules/constant-type-changed.ts';
import { constantValueChanged } from './rules/constant-value-changed.ts';
import { deprecationChanged } from './rules/deprecation-changed.ts';
import { docChanged } from './rules/doc-changed.ts';
import { enumEncodingChanged } from './rules/enum-encoding-changed.ts';
import { fieldAdded } from './rules/field-added.ts';
import { fieldDefaultChanged } from './rules/field-default-changed.ts';
import { fieldNullabilityChanged } from './rules/field-nullability-changed.ts';
import { fieldOpaqueChanged } from './rules/field-opaque-changed.ts';
import { fieldOrderChanged } from './rules/field-order-changed.ts';
import { fieldRemoved } from './rules/field-removed.ts';
import { fieldRenamed } from './rules/field-renamed.ts';
import { fieldSecretChanged } from './rules/field-secret-changed.ts';
import { fieldTypeChanged } from './rules/field-type-changed.ts';
import { memberAdded } from './rules/member-added.ts';
import { memberOrderChanged } from './rules/member-order-changed.ts';
import { memberRemoved } from './rules/member-removed.ts';
import { memberSpellingChanged } from './rules/member-spelling-changed.ts';
import { metadataKeyAdded } from './rules/metadata-key-added.ts';
import { metadataKeyChanged } from './rules/metadata-key-changed.ts';
import { metadataKeyRemoved } from './rules/metadata-key-removed.ts';
import { methodAdded } from './rules/method-added.ts';
import { methodKindChanged } from './rules/method-kind-changed.ts';
import { methodRemoved } from './rules/method-removed.ts';
import { operationDefaultChanged } from './rules/operation-default-changed.ts';
import { operationRequirementChanged } from './rules/operation-requirement-changed.ts';
import { operationSubjectChanged } from './rules/operation-subject-changed.ts';
import { requestContractChanged } from './rules/request-contract-changed.ts';
import { resultChanged } from './rules/result-changed.ts';
import { routingKeyChanged } from './rules/routing-key-changed.ts';
import { serviceChanged } from './rules/service-changed.ts';
import { streamColumnsChanged } from './rules/stream-columns-changed.ts';
import { streamHeaderChanged } from './rules/stream-header-changed.ts';
import { targetNameChanged } from './rules/target-name-changed.ts';
import { typeAdded } from './rules/type-added.ts';
import { typeRemoved } from './rules/type-removed.ts';
import { versionDropped } from './rules/version-dropped.ts';
import { wireNameChanged } from './rules/wire-name-changed.ts';

/** Rules about what every version records: the wire and the names that peers agree on. */
export const recordedRules: readonly Rule[] = [
  wireNameChanged,
  serviceChanged,
  requestContractChanged,
  routingKeyChanged,
  methodRemoved,
  methodAdded,
  methodKindChanged,
  resultChanged,
  streamHeaderChanged,
  streamColumnsChanged,
  fieldRemoved,
  fieldAdded,
  fieldRenamed,
  fieldTypeChanged,
  fieldNullabilityChanged,
  fieldOrderChanged,
  carriedNullChanged,
  batchShapeChanged,
  typeRemoved,
  typeAdded,
  enumEncodingChanged,
  memberRemoved,
  memberAdded,
  memberOrderChanged,
  memberSpellingChanged,
  batchOpennessChanged,
  metadataKeyRemoved,
  metadataKeyAdded,
  metadataKeyChanged,
  constantRemoved,
  constantAdded,
  constantTypeChanged,
  constantValueChanged,
];

/** Rules about what definitions say beyond that; they find nothing where one side is a history file. */
export const declaredRules: readonly Rule[] = [
  versionDropped,
  operationRequirementChanged,
  operationDefaultChanged,
  operationSubjectChanged,
  fieldDefaultChanged,
  fieldOpaqueChanged,
  fieldSecretChanged,
  docChanged,
  deprecationChanged,
  targetNameChanged,
];

export const rules: readonly Rule[] = [...recordedRules, ...declaredRules];
