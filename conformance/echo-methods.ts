import type * as p from '../generated/conformance/ts/index.ts';
import { ConformanceHandlers } from '../generated/conformance/ts/index.ts';

/** The methods of the service that give back what they get. */
export abstract class EchoMethods extends ConformanceHandlers {
  override echoString({ value }: p.EchoStringParams): string {
    return value;
  }

  override echoBytes({ data }: p.EchoBytesParams): Uint8Array {
    return data;
  }

  override echoInt({ value }: p.EchoIntParams): bigint {
    return value;
  }

  override echoFloat({ value }: p.EchoFloatParams): number {
    return value;
  }

  override echoBool({ value }: p.EchoBoolParams): boolean {
    return value;
  }

  override echoOptionalString({ value }: p.EchoOptionalStringParams): string | undefined {
    return value;
  }

  override echoOptionalInt({ value }: p.EchoOptionalIntParams): bigint | undefined {
    return value;
  }

  override echoEnum({ status }: p.EchoEnumParams): p.Status {
    return status;
  }

  override echoList({ values }: p.EchoListParams): readonly string[] {
    return values;
  }

  override echoDict({ mapping }: p.EchoDictParams): ReadonlyMap<string, bigint> {
    return mapping;
  }

  override echoNestedList({ matrix }: p.EchoNestedListParams): readonly (readonly bigint[])[] {
    return matrix;
  }

  override echoPoint({ point }: p.EchoPointParams): p.Point {
    return point;
  }

  override echoBoundingBox({ box }: p.EchoBoundingBoxParams): p.BoundingBox {
    return box;
  }

  override echoAllTypes({ data }: p.EchoAllTypesParams): p.AllTypes {
    return data;
  }

  override echoInt8({ value }: p.EchoInt8Params): number {
    return value;
  }

  override echoInt16({ value }: p.EchoInt16Params): number {
    return value;
  }

  override echoInt32({ value }: p.EchoInt32Params): number {
    return value;
  }

  override echoUint8({ value }: p.EchoUint8Params): number {
    return value;
  }

  override echoUint16({ value }: p.EchoUint16Params): number {
    return value;
  }

  override echoUint32({ value }: p.EchoUint32Params): number {
    return value;
  }

  override echoUint64({ value }: p.EchoUint64Params): bigint {
    return value;
  }

  override echoFloat32({ value }: p.EchoFloat32Params): number {
    return value;
  }

  override echoDate({ value }: p.EchoDateParams): number {
    return value;
  }

  override echoTimestamp({ value }: p.EchoTimestampParams): bigint {
    return value;
  }

  override echoTimestampUtc({ value }: p.EchoTimestampUtcParams): bigint {
    return value;
  }

  override echoTime({ value }: p.EchoTimeParams): bigint {
    return value;
  }

  override echoDuration({ value }: p.EchoDurationParams): bigint {
    return value;
  }

  override echoDecimal({ value }: p.EchoDecimalParams): bigint {
    return value;
  }

  override echoLargeString({ value }: p.EchoLargeStringParams): string {
    return value;
  }

  override echoLargeBinary({ value }: p.EchoLargeBinaryParams): Uint8Array {
    return value;
  }

  override echoFixedBinary({ value }: p.EchoFixedBinaryParams): Uint8Array {
    return value;
  }

  override echoDictEncodedString({ value }: p.EchoDictEncodedStringParams): string {
    return value;
  }

  override echoWideTypes({ data }: p.EchoWideTypesParams): p.WideTypes {
    return data;
  }

  override echoContainerWideTypes({ data }: p.EchoContainerWideTypesParams): p.ContainerWideTypes {
    return data;
  }

  override echoDeepNested({ data }: p.EchoDeepNestedParams): p.DeepNested {
    return data;
  }

  override echoEmbeddedArrow({ data }: p.EchoEmbeddedArrowParams): p.EmbeddedArrow {
    return data;
  }

  override echoOptionalPoint({ point }: p.EchoOptionalPointParams): p.Point | undefined {
    return point;
  }

  override echoAnnotatedOptionalInt({ value }: p.EchoAnnotatedOptionalIntParams): number | undefined {
    return value;
  }

  override echoOuterOptionalNonNull({ value }: p.EchoOuterOptionalNonNullParams): number {
    return value;
  }

  override echoStatusList({ statuses }: p.EchoStatusListParams): readonly p.Status[] {
    return statuses;
  }
}
