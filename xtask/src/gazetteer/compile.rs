//! Writes the index: strings, records, names and lists.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Result, ensure};
use watchkeeper_core::places::fold::fold;
use watchkeeper_core::places::generic::without_generic;
use watchkeeper_core::places::index::{HEADER_BYTES, Hit, MAGIC, NONE, NameKind, Record, encode_reference};
use watchkeeper_core::places::kind::PlaceKind;

use super::divisions::{Division, Divisions};
use super::names::variants;
use super::source::{City, Source};

/// Namesakes kept of one name, the most populous first.
const MOST_NAMESAKES: usize = 128;

#[derive(Default)]
struct Tables {
    records: Vec<Record>,
    names: BTreeMap<String, Vec<Hit>>,
    strings: Vec<u8>,
    string_at: HashMap<String, u32>,
}

impl Tables {
    fn string(&mut self, text: &str) -> u32 {
        if let Some(&at) = self.string_at.get(text) {
            return at;
        }
        let end = (0..=text.len().min(255)).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
        let at = self.strings.len() as u32;
        self.strings.push(end as u8);
        self.strings.extend_from_slice(&text.as_bytes()[..end]);
        self.string_at.insert(text.to_owned(), at);
        at
    }

    fn name(&mut self, folded: String, record: usize, name: NameKind) {
        if folded.is_empty() {
            return;
        }
        let hits = self.names.entry(folded).or_default();
        if hits.iter().all(|hit| hit.record as usize != record) {
            hits.push(Hit { record: record as u32, name });
        }
    }
}

/// The bytes of the index.
pub fn compile(source: &Source, divisions: &Divisions) -> Result<Vec<u8>> {
    let mut tables = Tables::default();
    let number = |list: &[Division]| -> Result<HashMap<String, u16>> {
        ensure!(list.len() < usize::from(NONE), "{} divisions are too many", list.len());
        Ok(list.iter().enumerate().map(|(n, division)| (division.code.clone(), n as u16)).collect())
    };
    let (admin1, admin2) = (number(&divisions.admin1)?, number(&divisions.admin2)?);
    for (list, kind) in [(&divisions.admin1, PlaceKind::Admin1), (&divisions.admin2, PlaceKind::Admin2)] {
        for division in list {
            add_division(&mut tables, division, kind, &admin1);
        }
    }
    let mut cities: Vec<&City> = source.cities.iter().collect();
    cities.sort_by(|a, b| (&a.ascii, a.geonames_id).cmp(&(&b.ascii, b.geonames_id)));
    for city in cities {
        add_city(&mut tables, city, &admin1, &admin2);
    }
    write(tables, divisions)
}

fn add_division(tables: &mut Tables, division: &Division, kind: PlaceKind, admin1: &HashMap<String, u16>) {
    let mut parts = division.code.split('.');
    let country = parts.next().unwrap_or("");
    let above = match (kind, parts.next()) {
        (PlaceKind::Admin2, Some(code)) => admin1.get(&format!("{country}.{code}")).copied(),
        _ => admin1.get(&division.code).copied(),
    };
    let record = tables.records.len();
    let name = tables.string(&division.name);
    tables.records.push(Record {
        geonames_id: 0,
        lat: division.lat,
        lon: division.lon,
        name,
        population: division.population,
        country: country.as_bytes().try_into().unwrap_or(*b"??"),
        admin1: above.unwrap_or(NONE),
        admin2: NONE,
        kind,
    });
    let folded = fold(&division.name);
    let short = without_generic(&folded).map(str::to_owned);
    tables.name(folded, record, NameKind::Main);
    if let Some(short) = short {
        tables.name(short, record, NameKind::Short);
    }
}

fn add_city(tables: &mut Tables, city: &City, admin1: &HashMap<String, u16>, admin2: &HashMap<String, u16>) {
    let record = tables.records.len();
    let name = tables.string(&city.name);
    tables.records.push(Record {
        geonames_id: city.geonames_id,
        lat: city.lat,
        lon: city.lon,
        name,
        population: city.population,
        country: city.country,
        admin1: admin1.get(&city.admin1).copied().unwrap_or(NONE),
        admin2: admin2.get(&city.admin2).copied().unwrap_or(NONE),
        kind: match city.feature.as_str() {
            "PPLC" => PlaceKind::Capital,
            "PPLA" => PlaceKind::Seat,
            "PPLX" => PlaceKind::Section,
            _ => PlaceKind::Town,
        },
    });
    let main = vec![fold(&city.name), fold(&city.ascii)];
    for variant in variants(city, &main) {
        tables.name(variant, record, NameKind::Variant);
    }
    for name in main {
        // The main names come last so that they replace nothing; a name is kept once for each record.
        tables.name(name, record, NameKind::Main);
    }
}

fn write(tables: Tables, divisions: &Divisions) -> Result<Vec<u8>> {
    let Tables { records, names, strings, .. } = tables;
    let mut fst = fst::MapBuilder::memory();
    let mut lists: Vec<u8> = Vec::new();
    for (name, mut hits) in names {
        hits.sort_by_key(|hit| (std::cmp::Reverse(records[hit.record as usize].population), hit.record));
        hits.truncate(MOST_NAMESAKES);
        let start = lists.len() / 4;
        if hits.len() > 1 {
            lists.extend(hits.iter().flat_map(|hit| hit.encode().to_le_bytes()));
        }
        fst.insert(name, encode_reference(&hits, start))?;
    }
    let records: Vec<u8> = records.iter().flat_map(Record::encode).collect();
    let sections = [fst.into_inner()?, lists, records, strings];
    let mut bytes = MAGIC.to_vec();
    let mut at = HEADER_BYTES;
    for section in &sections {
        bytes.extend((at as u32).to_le_bytes());
        bytes.extend((section.len() as u32).to_le_bytes());
        at += section.len();
        println!("  section of {:.2} MB", section.len() as f64 / 1e6);
    }
    bytes.extend((divisions.admin1.len() as u32).to_le_bytes());
    bytes.extend((divisions.admin2.len() as u32).to_le_bytes());
    sections.iter().for_each(|section| bytes.extend(section));
    Ok(bytes)
}
