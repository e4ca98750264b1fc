using RefIke.Crypto;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Profiles;

namespace RefIke.Exchanges;

/// <summary>What an exchange needs from outside: formulas, Diffie-Hellman, random octets, profiles, and how machines are wired.</summary>
public sealed record ExchangeMeans(
    KeySchedule Formulas, IDiffieHellman DiffieHellman, IRandomness Randomness, IProfile Profile, Wiring Wiring);
