using System.Runtime.InteropServices;

namespace RefIke.Crypto;

/// <summary>The exponentiation of the system's OpenSSL library, constant in time in the exponent and several times faster.</summary>
public sealed unsafe class OpenSslExponentiation : IModularExponentiation
{
    private const int ConstantTimeFlag = 4;

    private readonly delegate* unmanaged<nint> bnNew;
    private readonly delegate* unmanaged<nint, void> bnFree;
    private readonly delegate* unmanaged<byte*, int, nint, nint> fromOctets;
    private readonly delegate* unmanaged<nint, byte*, int, int> toOctets;
    private readonly delegate* unmanaged<nint, int, void> setFlags;
    private readonly delegate* unmanaged<nint, nint, nint, nint, nint, nint, int> power;
    private readonly delegate* unmanaged<nint> contextNew;
    private readonly delegate* unmanaged<nint, void> contextFree;

    private OpenSslExponentiation(nint library)
    {
        nint F(string name) => NativeLibrary.GetExport(library, name);
        bnNew = (delegate* unmanaged<nint>)F("BN_new");
        bnFree = (delegate* unmanaged<nint, void>)F("BN_clear_free");
        fromOctets = (delegate* unmanaged<byte*, int, nint, nint>)F("BN_bin2bn");
        toOctets = (delegate* unmanaged<nint, byte*, int, int>)F("BN_bn2binpad");
        setFlags = (delegate* unmanaged<nint, int, void>)F("BN_set_flags");
        power = (delegate* unmanaged<nint, nint, nint, nint, nint, nint, int>)F("BN_mod_exp_mont_consttime");
        contextNew = (delegate* unmanaged<nint>)F("BN_CTX_new");
        contextFree = (delegate* unmanaged<nint, void>)F("BN_CTX_free");
        var version = (delegate* unmanaged<int, nint>)F("OpenSSL_version");
        var words = (Marshal.PtrToStringAnsi(version(0)) ?? "OpenSSL").Split(' ');
        Name = string.Join(' ', words.Take(2));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Loads the library; null where it is not there or lacks a function.</summary>
    public static OpenSslExponentiation? TryLoad()
    {
        foreach (var name in (string[])["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so"])
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                try
                {
                    return new OpenSslExponentiation(library);
                }
                catch (EntryPointNotFoundException)
                {
                    // too old: the next one
                }
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public byte[] Power(ReadOnlySpan<byte> b, ReadOnlySpan<byte> e, ReadOnlySpan<byte> m)
    {
        nint bn = Number(b), en = Number(e), mn = Number(m), rn = bnNew(), context = contextNew();
        try
        {
            setFlags(en, ConstantTimeFlag);
            var result = new byte[m.Length];
            fixed (byte* to = result)
            {
                if (power(rn, bn, en, mn, context, 0) != 1 || toOctets(rn, to, result.Length) < 0)
                {
                    throw new InvalidOperationException("OpenSSL refused an exponentiation");
                }
            }

            return result;
        }
        finally
        {
            bnFree(bn);
            bnFree(en);
            bnFree(mn);
            bnFree(rn);
            contextFree(context);
        }
    }

    private nint Number(ReadOnlySpan<byte> octets)
    {
        fixed (byte* from = octets)
        {
            return fromOctets(from, octets.Length, 0);
        }
    }
}
