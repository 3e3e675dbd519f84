//! Distances on the globe, cheap enough to be taken thousands of times a report.

/// A point on the unit sphere.
pub(super) type Unit = [f32; 3];

/// Mean radius of the earth in km.
const EARTH_KM: f32 = 6371.0;
/// Distance in km at which nearness is one half.
const HALF_KM: f32 = 60.0;

/// The point at a latitude and a longitude in degrees.
pub(super) fn unit(lat: f32, lon: f32) -> Unit {
    let (lat, lon) = (lat.to_radians(), lon.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// Distance in km through the earth, which for neighbours is that over it.
pub(super) fn km(one: Unit, other: Unit) -> f32 {
    let [x, y, z] = [one[0] - other[0], one[1] - other[1], one[2] - other[2]];
    EARTH_KM * (x * x + y * y + z * z).sqrt()
}

/// From 1 (the same place) over one half at 60 km towards 0.
pub(super) fn nearness(one: Unit, other: Unit) -> f32 {
    let ratio = km(one, other) / HALF_KM;
    1.0 / (1.0 + ratio * ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn london_and_paris_are_344_km_apart() {
        let apart = km(unit(51.507, -0.128), unit(48.857, 2.352));
        assert!((apart - 344.0).abs() < 3.0, "{apart}");
        assert!(nearness(unit(0.0, 0.0), unit(0.0, 0.0)) == 1.0);
    }
}
