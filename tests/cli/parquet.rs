//! Parquet files, where they are built in.

use std::fs::File;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use super::folder::Folder;
use super::{CLEAN, COMMAS, COMMAS_FIXED};

const SCHEMA: &str = "message pages { required int64 id; optional group page { optional binary text (UTF8); } optional binary lang (UTF8); }";

/// Row groups of texts, with a column before and one behind.
fn write(folder: &Folder, name: &str, groups: &[&[Option<&str>]]) {
    let text = ColumnPath::new(vec!["page".to_owned(), "text".to_owned()]);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_column_compression(text, Compression::SNAPPY)
        .set_bloom_filter_enabled(true)
        .set_key_value_metadata(Some(vec![KeyValue::new("origin".to_owned(), "made".to_owned())]))
        .build();
    let out = File::create(folder.path(name)).unwrap();
    let mut writer = SerializedFileWriter::new(out, Arc::new(parse_message_type(SCHEMA).unwrap()), Arc::new(properties)).unwrap();
    let mut id = 0;
    for texts in groups {
        let mut group = writer.next_row_group().unwrap();
        let ids: Vec<i64> = texts
            .iter()
            .map(|_| {
                id += 1;
                id * 10
            })
            .collect();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int64Type>().write_batch(&ids, None, None).unwrap();
        column.close().unwrap();
        for level in [2, 1] {
            let values: Vec<ByteArray> = texts.iter().flatten().map(|text| ByteArray::from(*text)).collect();
            let levels: Vec<i16> = texts.iter().map(|text| if text.is_some() { level } else { 0 }).collect();
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.close().unwrap();
}

fn open(folder: &Folder, name: &str) -> SerializedFileReader<File> {
    SerializedFileReader::new(File::open(folder.path(name)).unwrap()).unwrap()
}

fn rows(folder: &Folder, name: &str) -> Vec<String> {
    open(folder, name).get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect()
}

/// The bytes of a column, row group by row group, with its values' statistics.
fn chunks(folder: &Folder, name: &str, column: usize) -> Vec<(Vec<u8>, String)> {
    let (bytes, reader) = (folder.read(name), open(folder, name));
    let chunk = |n: usize| {
        let chunk = reader.metadata().row_group(n).column(column);
        let (start, len) = chunk.byte_range();
        (bytes[start as usize..(start + len) as usize].to_vec(), format!("{:?} {:?}", chunk.compression(), chunk.statistics()))
    };
    (0..reader.num_row_groups()).map(chunk).collect()
}

const FIELD: [&str; 2] = ["--field", "/page/text"];

fn made() -> Folder {
    let folder = Folder::new();
    write(&folder, "a.parquet", &[&[Some(CLEAN), None, Some(COMMAS)], &[Some(CLEAN)], &[], &[Some(""), Some(COMMAS), None]]);
    folder
}

#[test]
fn findings_name_the_row_and_its_id() {
    let folder = made();
    let found = folder.run(&["check", "--format", "json", FIELD[0], FIELD[1], "a.parquet"]).json()["findings"].clone();
    let places: Vec<_> = found.as_array().unwrap().iter().map(|f| (f["record"]["line"].clone(), f["record"]["id"].clone())).collect();
    let place = |row: u8, id: &str| (row.into(), id.into());
    assert_eq!(places, [place(3, "30"), place(3, "30"), place(6, "60"), place(6, "60")]);
    let byte = found[0]["start"]["byte"].as_u64().unwrap() as usize;
    assert!(COMMAS[byte..].starts_with(','));
    // The name with a dot, and a folder.
    assert_eq!(folder.run(&["check", "--format", "json", "--field", "page.text", "."]).json()["findings"].as_array().unwrap().len(), 4);
    let convert = folder.run(&["convert", FIELD[0], FIELD[1], "a.parquet"]);
    assert!(convert.code == 0 && convert.text().contains("三月的田野里，"), "{}", convert.err);
}

#[test]
fn a_repaired_file_differs_in_its_texts_alone() {
    let folder = made();
    let outcome = folder.run(&["fix", "--output-dir", "out", FIELD[0], FIELD[1], "a.parquet"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let fixed = |row: &String, n: usize| if [2, 5].contains(&n) { row.replacen(COMMAS, COMMAS_FIXED, 1) } else { row.clone() };
    let wanted: Vec<String> = rows(&folder, "a.parquet").iter().enumerate().map(|(n, row)| fixed(row, n)).collect();
    assert_eq!(rows(&folder, "out/a.parquet"), wanted);
    for column in [0, 2] {
        assert_eq!(chunks(&folder, "a.parquet", column), chunks(&folder, "out/a.parquet", column));
    }
    // A row group in which nothing changed is copied.
    assert_eq!(chunks(&folder, "a.parquet", 1)[1], chunks(&folder, "out/a.parquet", 1)[1]);
    let (old, new) = (open(&folder, "a.parquet"), open(&folder, "out/a.parquet"));
    assert_eq!(old.metadata().file_metadata().schema(), new.metadata().file_metadata().schema());
    assert_eq!(old.metadata().file_metadata().key_value_metadata(), new.metadata().file_metadata().key_value_metadata());
    assert_eq!(new.metadata().row_group(0).column(1).compression(), Compression::SNAPPY);
    assert_eq!(folder.run(&["fix", "--diff", FIELD[0], FIELD[1], "out/a.parquet"]).code, 0);
}

#[test]
fn in_place_it_can_be_undone() {
    let folder = made();
    let before = folder.read("a.parquet");
    assert_eq!(folder.run(&["fix", FIELD[0], FIELD[1], "a.parquet"]).code, 0);
    let after = folder.read("a.parquet");
    assert_ne!(after, before);
    assert_eq!(folder.run(&["fix", FIELD[0], FIELD[1], "a.parquet"]).code, 0);
    assert_eq!(folder.read("a.parquet"), after);
    assert_eq!(folder.run(&["undo"]).code, 0);
    assert_eq!(folder.read("a.parquet"), before);
}

#[test]
fn a_shard_is_the_whole_file_with_its_part_repaired() {
    let folder = made();
    folder.run(&["fix", "--exit-zero", "--shard", "1/2", "--output-dir", "out", FIELD[0], FIELD[1], "a.parquet"]);
    let commas = |name: &str| rows(&folder, name).iter().filter(|row| row.contains("page: {text: ") && row.contains("里,到")).count();
    assert_eq!((rows(&folder, "out/a.parquet").len(), commas("a.parquet")), (7, 2));
    assert!(rows(&folder, "out/a.parquet")[2].matches("里，到").count() == 1 && rows(&folder, "out/a.parquet")[5].matches("里，到").count() == 0);
}

#[test]
fn what_is_no_table_of_texts_is_said() {
    let folder = made();
    let missing = folder.run(&["check", "a.parquet"]);
    assert!(missing.code == 2 && missing.err.contains("its columns are id, page.text, lang"), "{}", missing.err);
    assert_eq!(folder.run(&["check", "--field", "id", "a.parquet"]).code, 2);
    assert_eq!(folder.run_on(&["check", "--stdin-filename", "b.parquet", "-"], b"PAR1").code, 2);
    // Whatever is broken, it is said, or the rest is read.
    let whole = folder.read("a.parquet");
    for at in (0..whole.len()).step_by(61) {
        let mut broken = whole.clone();
        broken[at] ^= 0x55;
        folder.write("b.parquet", &broken);
        let outcome = folder.run(&["check", FIELD[0], FIELD[1], "b.parquet"]);
        assert!([0, 1, 2].contains(&outcome.code), "{at}: {}", outcome.err);
    }
}
