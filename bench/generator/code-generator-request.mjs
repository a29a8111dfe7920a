/** The request that protoc and buf send to a plugin: the descriptors of one file, with comments. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const peer = createRequire(new URL('../peers/protobuf-es/package.json', import.meta.url));
const load = (name) => import(pathToFileURL(peer.resolve(name)).href);
const { create, fromBinary, toBinary } = await load('@bufbuild/protobuf');
const { CodeGeneratorRequestSchema, CodeGeneratorResponseSchema, FieldDescriptorProto_Label, FieldDescriptorProto_Type, FileDescriptorProtoSchema } = await load('@bufbuild/protobuf/wkt');

/** Numbers of the parts of descriptors, which the paths of comments are made of (descriptor.proto). */
const part = { file: { messages: 4, enums: 5, services: 6 }, message: { fields: 2 }, enum: { values: 2 }, service: { methods: 2 } };

/** The bytes of a request for TypeScript, and how much is in it. */
export function codeGeneratorRequest(schema) {
  const file = `${schema.name}.proto`;
  const comments = [];
  const note = (path, doc) => doc && comments.push({ path, span: [0, 0, 0], leadingComments: ` ${doc.trim().replaceAll('\n', '\n ')}\n` });
  const messageType = schema.messages.map((message, at) => {
    note([part.file.messages, at], message.doc);
    message.fields.forEach(({ doc }, index) => note([part.file.messages, at, part.message.fields, index], doc));
    return messageOf(message, `.${packageOf(schema)}`);
  });
  const enumType = schema.enums.map(({ name, doc, members }, at) => {
    note([part.file.enums, at], doc);
    members.forEach((member, index) => note([part.file.enums, at, part.enum.values, index], member.doc));
    const stem = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();
    return { name, value: members.map((member, number) => ({ name: `${stem}_${member.name}`, number })) };
  });
  const service = [{ name: 'Service', method: schema.methods.map((method, at) => {
    note([part.file.services, 0, part.service.methods, at], method.doc);
    const { name, request, response, takesStream, givesStream } = method;
    return { name, inputType: `.${packageOf(schema)}.${request}`, outputType: `.${packageOf(schema)}.${response}`, clientStreaming: takesStream, serverStreaming: givesStream };
  }) }];
  const descriptor = create(FileDescriptorProtoSchema, { name: file, package: packageOf(schema), syntax: 'proto3', messageType, enumType, service, sourceCodeInfo: { location: comments } });
  return toBinary(CodeGeneratorRequestSchema, create(CodeGeneratorRequestSchema, { fileToGenerate: [file], parameter: 'target=ts', protoFile: [descriptor] }));
}

/** The files of an answer; throws what the plugin reports. */
export function generatedFiles(response) {
  const { error, file } = fromBinary(CodeGeneratorResponseSchema, response);
  if (error) throw new Error(error);
  return file.map(({ name, content }) => ({ path: name, text: content }));
}

const packageOf = ({ name }) => name.replaceAll('-', '_');

function messageOf({ name, fields }, scope) {
  const nestedType = [];
  const oneofDecl = [];
  const field = fields.map((declared, index) => {
    const base = { name: declared.name, number: index + 1, jsonName: declared.name };
    const { type } = declared;
    if (type.kind === 'map') {
      const entry = `${declared.name.replace(/(?:^|_)([a-z0-9])/g, (_, first) => first.toUpperCase())}Entry`;
      const members = [{ name: 'key', number: 1, ...single(type.key.type, scope) }, { name: 'value', number: 2, ...single(type.value.type, scope) }];
      nestedType.push({ name: entry, field: members, options: { mapEntry: true } });
      return { ...base, label: FieldDescriptorProto_Label.REPEATED, type: FieldDescriptorProto_Type.MESSAGE, typeName: `${scope}.${name}.${entry}` };
    }
    if (type.kind.endsWith('list')) return { ...base, ...single(type.item.type, scope), label: FieldDescriptorProto_Label.REPEATED };
    const kind = single(type, scope);
    if (!declared.optional || kind.typeName) return { ...base, ...kind };
    oneofDecl.push({ name: `_${declared.name}` });
    return { ...base, ...kind, proto3Optional: true, oneofIndex: oneofDecl.length - 1 };
  });
  return { name, field, nestedType, oneofDecl };
}

/** The type of one value; what Protobuf has no type for is bytes. */
function single(type, scope) {
  const label = FieldDescriptorProto_Label.OPTIONAL;
  const { BOOL, INT32, INT64, UINT32, UINT64, FLOAT, DOUBLE, STRING, BYTES, ENUM, MESSAGE } = FieldDescriptorProto_Type;
  switch (type.kind) {
    case 'bool':
      return { label, type: BOOL };
    case 'int':
      return { label, type: type.bits === 64 ? (type.signed ? INT64 : UINT64) : type.signed ? INT32 : UINT32 };
    case 'float':
      return { label, type: type.bits === 64 ? DOUBLE : FLOAT };
    case 'utf8':
    case 'large_utf8':
    case 'dictionary':
      return { label, type: STRING };
    case 'date':
    case 'time':
    case 'timestamp':
    case 'duration':
      return { label, type: INT64 };
    case 'enum':
      return { label, type: ENUM, typeName: `${scope}.${type.name}` };
    case 'record':
    case 'ipc':
      return { label, type: MESSAGE, typeName: `${scope}.${type.name}` };
    default:
      return { label, type: BYTES };
  }
}
