import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import writeXlsxFile from "write-excel-file/node";
import { DomainError } from "../kernel/errors.ts";
import type { DeliverySource } from "./delivery-source.ts";
import { readTable } from "./read-table.ts";
import { spreadsheetNumber } from "./xlsx-table.ts";

const source = { id: "tax", files: ["csv", "ndjson", "xlsx"] } as unknown as DeliverySource;

async function texts(bytes: Uint8Array): Promise<string[][]> {
  return (await readTable(bytes, source)).map(({ cells }) => cells.map(({ text }) => text));
}

const codeOf = async (bytes: Uint8Array, of = source) => {
  const error = await readTable(bytes, of).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(DomainError);
  return (error as DomainError).code;
};

describe("the encoding of a text file is found, not assumed", () => {
  const expected = [
    ["名称", "金额"],
    ["郑州示例", "1.50"],
  ];

  test("UTF-8, with and without a byte order mark", async () => {
    expect(await texts(strToU8("名称,金额\r\n郑州示例,1.50\r\n"))).toEqual(expected);
    expect(await texts(strToU8("\uFEFF名称,金额\n郑州示例,1.50"))).toEqual(expected);
  });

  test("GBK", async () => {
    const gbk = [
      0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xbd, 0xf0, 0xb6, 0xee, 0x0a, 0xd6, 0xa3, 0xd6, 0xdd, 0xca, 0xbe, 0xc0, 0xfd,
    ];
    expect(await texts(Uint8Array.from([...gbk, ...strToU8(",1.50")]))).toEqual(expected);
  });

  test("UTF-16 text of a spreadsheet, separated by tabs", async () => {
    expect(await texts(Buffer.from("\uFEFF名称\t金额\n郑州示例\t1.50", "utf16le"))).toEqual(expected);
  });

  test("bytes of no encoding are refused", async () => {
    expect(await codeOf(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0x00, 0xff))).toBe("delivery-unreadable");
  });
});

describe("files that are not read", () => {
  test("an empty file", async () => {
    expect(await codeOf(new Uint8Array())).toBe("delivery-unreadable");
  });

  test("an unclosed quotation mark is named by its line", async () => {
    const error = await readTable(strToU8('a,b\n1,2\n"3,4\n'), source).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: "delivery-unreadable", message: expect.stringContaining("line 3") });
  });

  test("more bytes than the limit", async () => {
    expect(await codeOf(new Uint8Array(64 * 1024 * 1024 + 1))).toBe("delivery-too-large");
  });

  test("a format that the source does not send", async () => {
    expect(await codeOf(strToU8("a,b"), { ...source, files: ["xlsx"] })).toBe("delivery-unreadable");
  });

  test("an archive that is no workbook", async () => {
    expect(await codeOf(zipSync({ "a.txt": strToU8("x") }))).toBe("delivery-unreadable");
  });

  test("a damaged archive", async () => {
    expect(await codeOf(zipSync({ "a.txt": strToU8("x") }).slice(0, 40))).toBe("delivery-unreadable");
  });

  test("an archive that would unpack to more than 300 MB is refused before it is unpacked", async () => {
    const bomb = zipSync({ "xl/worksheets/sheet1.xml": strToU8("x") });
    const directory = Buffer.from(bomb.buffer).indexOf("PK\u0001\u0002");
    new DataView(bomb.buffer).setUint32(directory + 24, 301 * 1024 * 1024, true);
    expect(await codeOf(bomb)).toBe("delivery-too-large");
  });
});

describe("lines of JSON", () => {
  const file = (...lines: string[]) => strToU8(lines.join("\n"));

  test("are rows, with their names as header and the digits of their numbers as written", async () => {
    const bytes = file(
      '{"名称": "郑州示例", "金额": 12345678901234567.89, "是否": true}',
      "",
      '{"金额": 1.50, "备注": " a \\"b\\": c ", "名称": null}',
    );
    expect(await readTable(bytes, source)).toMatchObject([{ line: 1 }, { line: 1 }, { line: 3 }]);
    expect(await texts(bytes)).toEqual([
      ["名称", "金额", "是否", "备注"],
      ["郑州示例", "12345678901234567.89", "是", ""],
      ["", "1.50", "", 'a "b": c'],
    ]);
  });

  test.each([
    ["no JSON", '{"a": 1', "is not JSON"],
    ["a list", "[1]", "is no JSON object"],
    ["a nested value", '{"a": {"b": 1}}', '"a" is not a single value'],
    ["a list of values", '{"a": [1]}', '"a" is not a single value'],
    ["two values under one name", '{"a": 1, "a": 2}', "has two values under one name"],
    ["two values under one name, written differently", '{"a": 1, "\\u0061": 2}', "has two values under one name"],
  ])("with %s are refused, and the line is named", async (_, line, message) => {
    const error = await readTable(file('{"a": 1}', line), source).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: "delivery-unreadable", message: expect.stringContaining(`Line 2 ${message}`) });
  });

  test("of ever new names are refused before they fill the memory", async () => {
    const lines = Array.from({ length: 2_000 }, (_, place) => `{"a${place}": 1}`);
    const error = await readTable(file(...lines), source).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ message: expect.stringContaining("Line 501 brings") });
  });
});

describe("workbooks", () => {
  test("numbers keep the digits that their author saw, days are days, text stays text", async () => {
    const bytes = await writeXlsxFile([
      [{ value: "代码" }, { value: "金额" }, { value: "日期" }, { value: "是否" }],
      [
        { value: "007" },
        { value: 1234.56 },
        { value: new Date("2025-09-05T00:00:00Z"), type: Date, format: "yyyy-mm-dd" },
        { value: true, type: Boolean },
      ],
    ]).toBuffer();
    expect(await texts(bytes)).toEqual([
      ["代码", "金额", "日期", "是否"],
      ["007", "1234.56", "2025-09-05", "是"],
    ]);
  });

  test.each([
    ["28.999999999999996", "29"],
    ["0.10000000000000001", "0.1"],
    ["1234.56", "1234.56"],
    ["1.5E-5", "0.000015"],
    ["1.2345E4", "12345"],
    ["123456789012345678", "123456789012345680"],
  ])("the stored %s was %s on the screen", (stored, shown) => {
    expect(spreadsheetNumber(stored)).toBe(shown);
  });
});
