use std::{net::IpAddr, str::FromStr};

/// An address, or a range of them: `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u32,
}

impl Network {
    pub fn contains(self, address: IpAddr) -> bool {
        match (self.first, plain(address)) {
            (IpAddr::V4(first), IpAddr::V4(address)) => same(u128::from(first.to_bits()), u128::from(address.to_bits()), 32 - self.bits),
            (IpAddr::V6(first), IpAddr::V6(address)) => same(first.to_bits(), address.to_bits(), 128 - self.bits),
            _ => false,
        }
    }
}

fn same(one: u128, other: u128, free: u32) -> bool {
    one.checked_shr(free).unwrap_or(0) == other.checked_shr(free).unwrap_or(0)
}

/// An IPv4 address that came in by an IPv6 socket is one.
fn plain(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        v4 => v4,
    }
}

impl FromStr for Network {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (first, bits) = text.split_once('/').map_or((text, None), |(first, bits)| (first, Some(bits)));
        let first = plain(first.parse().map_err(|_| ())?);
        let most = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.parse::<u32>().map_err(|_| ()))?;
        if bits > most { Err(()) } else { Ok(Self { first, bits }) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_its_addresses_and_no_others() {
        let within = |range: &str, address: &str| range.parse::<Network>().unwrap().contains(address.parse().unwrap());
        assert!(within("10.0.0.0/8", "10.200.3.4") && !within("10.0.0.0/8", "11.0.0.1"));
        assert!(within("172.16.0.7", "172.16.0.7") && !within("172.16.0.7", "172.16.0.8"));
        assert!(within("fd00::/8", "fd12::1") && !within("fd00::/8", "fe80::1"));
        assert!(within("127.0.0.1", "::ffff:127.0.0.1"));
        assert!(within("0.0.0.0/0", "203.0.113.9") && !within("0.0.0.0/0", "2001:db8::1"));
        for wrong in ["proxy", "10.0.0.0/33", "10.0.0.0/x", "", "::1/129"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }
}
