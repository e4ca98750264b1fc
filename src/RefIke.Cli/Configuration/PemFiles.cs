using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;

namespace RefIke.Cli.Configuration;

/// <summary>
/// Keys, certificates and CRLs in PEM files (RFC 4945 §6, RFC 7468). Paths count from the configuration's folder.
/// </summary>
internal sealed class PemFiles(string folder)
{
    /// <summary>The first private key of the file; null where the table does not name one.</summary>
    public PrivateKey? PrivateKey(TomlSection t, string key)
        => !t.Has(key) ? null
            : Crypto.Keys.PrivateKey.TryReadPem(Text(t, key, t.Text(key)), out var found, out var fault) ? found
            : throw Bad(t, key, t.Text(key), fault);

    /// <summary>The first raw public key of the file, or that of its first certificate.</summary>
    public PublicKey? PublicKey(TomlSection t, string key)
    {
        if (!t.Has(key))
        {
            return null;
        }

        var text = Text(t, key, t.Text(key));
        return Crypto.Keys.PublicKey.TryReadPem(text, out var found, out var fault) ? found
            : Certificate.TryReadPem(text, out var certificate, out _) ? certificate.PublicKey
            : throw Bad(t, key, t.Text(key), fault);
    }

    /// <summary>Every certificate of the files, in their order; each file must have one.</summary>
    public ImmutableArray<Certificate> Certificates(TomlSection t, string key)
    {
        var all = ImmutableArray.CreateBuilder<Certificate>();
        foreach (var path in Paths(t, key))
        {
            var blocks = Pem.ReadAll(Text(t, key, path), "CERTIFICATE");
            if (blocks.Count == 0)
            {
                throw t.Bad($"{key}: {path}: no CERTIFICATE block");
            }

            foreach (var der in blocks)
            {
                all.Add(Certificate.TryRead(der, out var read, out var fault) ? read : throw Bad(t, key, path, fault));
            }
        }

        return all.ToImmutable();
    }

    /// <summary>Every CRL of the files; each file must have one.</summary>
    public ImmutableArray<RevocationList> RevocationLists(TomlSection t, string key)
    {
        var all = ImmutableArray.CreateBuilder<RevocationList>();
        foreach (var path in Paths(t, key))
        {
            var text = Text(t, key, path);
            var blocks = Pem.ReadAll(text, "X509 CRL").Concat(Pem.ReadAll(text, "CRL")).ToArray();
            if (blocks.Length == 0)
            {
                throw t.Bad($"{key}: {path}: no X509 CRL block");
            }

            foreach (var der in blocks)
            {
                all.Add(RevocationList.TryRead(der, out var read, out var fault)
                    ? read : throw Bad(t, key, path, fault));
            }
        }

        return all.ToImmutable();
    }

    private static ImmutableArray<string> Paths(TomlSection t, string key) => t.Has(key) ? t.Texts(key) : [];

    private static BadInputException Bad(TomlSection t, string key, string path, CryptoFault fault)
        => t.Bad($"{key}: {path}: {fault.Reason}");

    private string Text(TomlSection t, string key, string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var missing = e is FileNotFoundException or DirectoryNotFoundException;
            throw t.Bad($"{key}: {path}: {(missing ? "no such file" : e.Message)}");
        }
    }
}
