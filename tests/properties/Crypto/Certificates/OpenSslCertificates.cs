namespace RefIke.Properties.Crypto.Certificates;

/// <summary>
/// Certificates made once with OpenSSL 3.0 for these tests: a CA with RSA, peers below it whose certificates are signed
/// with SHA-256, MD5 and SHA-1, one with P-521 that the CRL revokes, a DSS peer that is its own anchor. All are valid
/// from 24 November 2026 to 2035.
/// </summary>
internal static class OpenSslCertificates
{
    /// <summary>1 January 2030.</summary>
    public const long In2030 = 1_893_456_000;

    public const string Ca =
        """
        -----BEGIN CERTIFICATE-----
        MIICVzCCAcCgAwIBAgIUEVyE46NRsqWTsD0S7z0IhM6WQQowDQYJKoZIhvcNAQEL
        BQAwNDELMAkGA1UEBhMCQ0gxEDAOBgNVBAoMB0V4YW1wbGUxEzARBgNVBAMMCk9w
        ZW5TU0wgQ0EwHhcNMjYxMTI0MTI1NTE1WhcNMzYxMTIxMTI1NTE1WjA0MQswCQYD
        VQQGEwJDSDEQMA4GA1UECgwHRXhhbXBsZTETMBEGA1UEAwwKT3BlblNTTCBDQTCB
        nzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEAtSfRLuIZ24phUkIEfWnGh/cicnud
        /smQwXTloRJcpBHgIAb0USUw7EdZx7NM0NzTKIKk83hJf2lr6pmEsOQGqHxXT6kV
        Dl//cUmIfXGq1MqPbLfC8gRdKtA6gCu4ZaPDeMoL0Zqx3OQ99B6w4v5Q9SMZTg2r
        tNv0pPk+2H16GYECAwEAAaNmMGQwEgYDVR0TAQH/BAgwBgEB/wIBATAOBgNVHQ8B
        Af8EBAMCAQYwHQYDVR0OBBYEFDuHTbuP5qlc7/k8erzlweB4xJ1jMB8GA1UdIwQY
        MBaAFDuHTbuP5qlc7/k8erzlweB4xJ1jMA0GCSqGSIb3DQEBCwUAA4GBABmXlQT2
        kKgjMTkVBxA0XNJRVbzSRhYhQh8vzI5LjFZ0DaLD+wGRQocyzikdqUwV9zf/+eaa
        iTJwiBUy3zP4wj29cM6CknHqT7w0Wxa5i9FqRr+QAeMwrStPThUPMMQItuIoNmjL
        D4q1QikklZBAwGzzad5uVf7XhAmmkr31wbJU
        -----END CERTIFICATE-----
        """;

    public const string Rsa =
        """
        -----BEGIN CERTIFICATE-----
        MIICpTCCAg6gAwIBAgICI/YwDQYJKoZIhvcNAQELBQAwNDELMAkGA1UEBhMCQ0gx
        EDAOBgNVBAoMB0V4YW1wbGUxEzARBgNVBAMMCk9wZW5TU0wgQ0EwHhcNMjYxMTI0
        MTI1NTE1WhcNMzUwMjEwMTI1NTE1WjBMMQswCQYDVQQGEwJDSDEQMA4GA1UECgwH
        RXhhbXBsZTESMBAGA1UECwwJVlBOLCB3ZXN0MRcwFQYDVQQDDA5ndy5leGFtcGxl
        Lm9yZzCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEAxnYQp8NVNq5RuV1tXFaf
        31Jv2denB4rSirwEYXKrk5Td+yQM78PFVVa9Y1IEKZFHxIBQPms++wMj8tP5BVEu
        frycqvr4OecOsufmPLBI7UiQNU3JXjjSjJAaKUtlJUs7l7AyUnqKAYXurTMhEnyh
        GjWKEA0aZa2yhBmfhnwnZScCAwEAAaOBrTCBqjBYBgNVHREEUTBPgg5ndy5leGFt
        cGxlLm9yZ4EQdXNlckBleGFtcGxlLm9yZ4cEwAACB4cQIAENuAAAAAAAAAAAAAAA
        B4YTaHR0cDovL2V4YW1wbGUub3JnLzAOBgNVHQ8BAf8EBAMCB4AwHQYDVR0OBBYE
        FDoyJyGsCd89rQ3WyPX/0D7WmcUOMB8GA1UdIwQYMBaAFDuHTbuP5qlc7/k8erzl
        weB4xJ1jMA0GCSqGSIb3DQEBCwUAA4GBACyuqkrCLTfGimnsRVCQOzvSNbO+Kz1V
        p14Pg3UeXkrqAK7vTACigvLo8GoH2dP0DF6jpEaQA1IfkxF5uEkMubbJuoaghEUv
        mfLCcN5N/N+YQWLDxlDlSkjpftwyfSgLlYd+RplqWR3JryuoIW+FipVXl3mwLmhs
        BWx9Cq6fZCak
        -----END CERTIFICATE-----
        """;

    public const string SignedWithMd5 =
        """
        -----BEGIN CERTIFICATE-----
        MIICXjCCAcegAwIBAgICZS4wDQYJKoZIhvcNAQEEBQAwNDELMAkGA1UEBhMCQ0gx
        EDAOBgNVBAoMB0V4YW1wbGUxEzARBgNVBAMMCk9wZW5TU0wgQ0EwHhcNMjYxMTI0
        MTI1NTE1WhcNMzUwMjEwMTI1NTE1WjBMMQswCQYDVQQGEwJDSDEQMA4GA1UECgwH
        RXhhbXBsZTESMBAGA1UECwwJVlBOLCB3ZXN0MRcwFQYDVQQDDA5ndy5leGFtcGxl
        Lm9yZzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPl+acjgI+KDJyxPA2KVwOTf
        QSvxrR7gk0kgILdjESa9DoHbQskKFdhcLJB9W8AHmIaKGjOtuDUuTKAV5dh+sgij
        ga0wgaowWAYDVR0RBFEwT4IOZ3cuZXhhbXBsZS5vcmeBEHVzZXJAZXhhbXBsZS5v
        cmeHBMAAAgeHECABDbgAAAAAAAAAAAAAAAeGE2h0dHA6Ly9leGFtcGxlLm9yZy8w
        DgYDVR0PAQH/BAQDAgeAMB0GA1UdDgQWBBQyzdb/DA7cx4vGJUVI7K4FBS1YoDAf
        BgNVHSMEGDAWgBQ7h027j+apXO/5PHq85cHgeMSdYzANBgkqhkiG9w0BAQQFAAOB
        gQBUyg2YxxbdIKhHY+XNMohyDHqJyFsky1VP/fK6UdtH2uTrgj9B1f5WHokAV8YU
        yAiKrhZA8aL3I3Q7XkVqjSSdl80PJMisnlk1c7i/bsQL8rtGNsCYsE/GaLBS0YUO
        A9mxOS7xbezA8wPTv5msh2OYpOzHew5if44/3zkXyVaFZw==
        -----END CERTIFICATE-----
        """;

    public const string SignedWithSha1 =
        """
        -----BEGIN CERTIFICATE-----
        MIICXjCCAcegAwIBAgICInYwDQYJKoZIhvcNAQEFBQAwNDELMAkGA1UEBhMCQ0gx
        EDAOBgNVBAoMB0V4YW1wbGUxEzARBgNVBAMMCk9wZW5TU0wgQ0EwHhcNMjYxMTI0
        MTI1NTE1WhcNMzUwMjEwMTI1NTE1WjBMMQswCQYDVQQGEwJDSDEQMA4GA1UECgwH
        RXhhbXBsZTESMBAGA1UECwwJVlBOLCB3ZXN0MRcwFQYDVQQDDA5ndy5leGFtcGxl
        Lm9yZzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL4xVvNKWME161CSWmEoBgVM
        yP3mN0BxjD1oOWwwHJ13g5Nyf/O2omhSaV+Z0vCKDzQNHBFD6RyD4IwvMJlJYOWj
        ga0wgaowWAYDVR0RBFEwT4IOZ3cuZXhhbXBsZS5vcmeBEHVzZXJAZXhhbXBsZS5v
        cmeHBMAAAgeHECABDbgAAAAAAAAAAAAAAAeGE2h0dHA6Ly9leGFtcGxlLm9yZy8w
        DgYDVR0PAQH/BAQDAgeAMB0GA1UdDgQWBBQellPUtBTIUw9ylvAgz6iRYXYO3jAf
        BgNVHSMEGDAWgBQ7h027j+apXO/5PHq85cHgeMSdYzANBgkqhkiG9w0BAQUFAAOB
        gQCo4G6rq9FhWQ5AQ8cVmV4uwyJBlIvh5+U7SLlkFN55vFpdPZxzHINvUxgvLkSM
        wklSxrpfRZ3UzezAm3A6/js/OOTFW313r2Bg5sQlujPd5UU14e9Kcxw9nY0lrXqt
        WvQhpo+sj9Y5T1PwsjJVVbldSSIPePm+4slEghK7Crq3pw==
        -----END CERTIFICATE-----
        """;

    public const string Revoked =
        """
        -----BEGIN CERTIFICATE-----
        MIICoTCCAgqgAwIBAgICIqkwDQYJKoZIhvcNAQENBQAwNDELMAkGA1UEBhMCQ0gx
        EDAOBgNVBAoMB0V4YW1wbGUxEzARBgNVBAMMCk9wZW5TU0wgQ0EwHhcNMjYxMTI0
        MTI1NTE1WhcNMzUwMjEwMTI1NTE1WjBMMQswCQYDVQQGEwJDSDEQMA4GA1UECgwH
        RXhhbXBsZTESMBAGA1UECwwJVlBOLCB3ZXN0MRcwFQYDVQQDDA5ndy5leGFtcGxl
        Lm9yZzCBmzAQBgcqhkjOPQIBBgUrgQQAIwOBhgAEAdcNCf+ti8YzAtwCqI+NUmfR
        9l5UtnmlJdQIy9CsoWfp3OgIVShgfgR/l+SSedpVTRfkb6B3zfmHsSO08DbPQqzg
        AZSUmIEdrGAirp6LGEYrxZqLBhbOcTJa1yjqhrTMBaCDnDWrhgUG2xUvlgs86RIh
        Xnd84xJbndTvUWR4zkn+4kBSo4GtMIGqMFgGA1UdEQRRME+CDmd3LmV4YW1wbGUu
        b3JngRB1c2VyQGV4YW1wbGUub3JnhwTAAAIHhxAgAQ24AAAAAAAAAAAAAAAHhhNo
        dHRwOi8vZXhhbXBsZS5vcmcvMA4GA1UdDwEB/wQEAwIHgDAdBgNVHQ4EFgQUr95F
        /Ukn2OrCfPPCLLOSKUwqSX8wHwYDVR0jBBgwFoAUO4dNu4/mqVzv+Tx6vOXB4HjE
        nWMwDQYJKoZIhvcNAQENBQADgYEAKXmRPtp16uMbZUY8iyIle2wFPvwaSUKDE9ai
        9R5RDmZsihphBsDwSyx4PmqZgr3YzmNfh7+kDIhKQbKJGLvIX+m2tEwWh+p6Lhm9
        Qb0IUdqTdc+AwsA1NspyKouqBK34oFoGkPBh96t18L8V4dEFIQvLU5cQwB6/IfIR
        NruX5XQ=
        -----END CERTIFICATE-----
        """;

    public const string Dss =
        """
        -----BEGIN CERTIFICATE-----
        MIIDNDCCAvSgAwIBAgIULqRgEf1bT50120hx+mybHl2vSSgwCQYHKoZIzjgEAzAT
        MREwDwYDVQQDDAhEU1MgcGVlcjAeFw0yNjExMjQxMjU1MTZaFw0zNjExMjExMjU1
        MTZaMBMxETAPBgNVBAMMCERTUyBwZWVyMIIBtzCCASsGByqGSM44BAEwggEeAoGB
        AJK1Eqm4V2tRkHI8W3hCrUgjEb2lm/1sw6OKCqSkQogtJSRhKjY1VhnPxYz2qvog
        aAD9JWESjTnLrMpRHG590WFalI4/LosXuITsIX108JX0q44RgmwlrjbGZyKMOdus
        m76/cOIWx1HQze/n6I685D7jJsJoePr37a69vtiMbAqHAhUAomD87bJtoHyaaITw
        FsNah/6Jjp8CgYAMDdb/OH59LEoK5gnbTQdF4KHfciwWmebhYZ2GGs3Ib8xCaqFC
        rmbqmiGi0uzj5mz9aT/a0p7Q9+2vEeL5PWDCWleS4Un5J7Jq9gr3AcZTvalq1Y2V
        d/0FS6DfSGph6b3ucJndGmBhYo3J4D1CVUSXpf8KVliqYEP3muLnGgRjDgOBhQAC
        gYEAiGY9GZD0bsJ4Kal9UVZSv4T7z+Dxcu7fvTe93sNBDwqDmgZmSY1NBWZkgTIF
        Rgl7MXRBFjlPbSGkeUjvwY3E6JIzWepfAoPhQc6cdNR3nC+e1MPHbOFH1d1v2tAb
        PoynRgcxWNkFgCBPDZHxHZ/OlEQ4a/q/c0BwGdxEnwjsJPqjgcYwgcMwWAYDVR0R
        BFEwT4IOZ3cuZXhhbXBsZS5vcmeBEHVzZXJAZXhhbXBsZS5vcmeHBMAAAgeHECAB
        DbgAAAAAAAAAAAAAAAeGE2h0dHA6Ly9leGFtcGxlLm9yZy8wDgYDVR0PAQH/BAQD
        AgeAMB0GA1UdDgQWBBS4yLPhZqv4tfRLzNruWfaHMkm3CTA4BgNVHSMEMTAvoRek
        FTATMREwDwYDVQQDDAhEU1MgcGVlcoIULqRgEf1bT50120hx+mybHl2vSSgwCQYH
        KoZIzjgEAwMvADAsAhQD7dz5A4agtkaAmbfS67rvdELcqQIUWl+ZErqbwaZaHOWy
        PxjnIaxZAOw=
        -----END CERTIFICATE-----
        """;

    public const string RevocationList =
        """
        -----BEGIN X509 CRL-----
        MIIBIzCBjQIBATANBgkqhkiG9w0BAQsFADA0MQswCQYDVQQGEwJDSDEQMA4GA1UE
        CgwHRXhhbXBsZTETMBEGA1UEAwwKT3BlblNTTCBDQRcNMjYxMTI0MTI1NTE1WhcN
        MzYxMTIxMTI1NTE1WjAVMBMCAiKpFw0yNjExMjQxMjU1MTVaoA4wDDAKBgNVHRQE
        AwIBATANBgkqhkiG9w0BAQsFAAOBgQCJxgcZVVXB12AYDpSbQASi+LPsG4idmFZu
        kdxaVvJ2zCWbf+z9ZdtZ1mvVIcg5uDtq4Hv1gttyb1LCTQcerz6nGPYeT3ITf1PH
        cK62CwWwfakYLOg2G1Oq5FwARggtOIds+lRiSrGbf9eM72QRNeb7W5aQYczN79V8
        MtEEs9vfpA==
        -----END X509 CRL-----
        """;

    /// <summary>The certificate with RSA and the CA's in one PKCS #7.</summary>
    public const string Pkcs7 =
        """
        -----BEGIN PKCS7-----
        MIIFLwYJKoZIhvcNAQcCoIIFIDCCBRwCAQExADALBgkqhkiG9w0BBwGgggUEMIIC
        pTCCAg6gAwIBAgICI/YwDQYJKoZIhvcNAQELBQAwNDELMAkGA1UEBhMCQ0gxEDAO
        BgNVBAoMB0V4YW1wbGUxEzARBgNVBAMMCk9wZW5TU0wgQ0EwHhcNMjYxMTI0MTI1
        NTE1WhcNMzUwMjEwMTI1NTE1WjBMMQswCQYDVQQGEwJDSDEQMA4GA1UECgwHRXhh
        bXBsZTESMBAGA1UECwwJVlBOLCB3ZXN0MRcwFQYDVQQDDA5ndy5leGFtcGxlLm9y
        ZzCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEAxnYQp8NVNq5RuV1tXFaf31Jv
        2denB4rSirwEYXKrk5Td+yQM78PFVVa9Y1IEKZFHxIBQPms++wMj8tP5BVEufryc
        qvr4OecOsufmPLBI7UiQNU3JXjjSjJAaKUtlJUs7l7AyUnqKAYXurTMhEnyhGjWK
        EA0aZa2yhBmfhnwnZScCAwEAAaOBrTCBqjBYBgNVHREEUTBPgg5ndy5leGFtcGxl
        Lm9yZ4EQdXNlckBleGFtcGxlLm9yZ4cEwAACB4cQIAENuAAAAAAAAAAAAAAAB4YT
        aHR0cDovL2V4YW1wbGUub3JnLzAOBgNVHQ8BAf8EBAMCB4AwHQYDVR0OBBYEFDoy
        JyGsCd89rQ3WyPX/0D7WmcUOMB8GA1UdIwQYMBaAFDuHTbuP5qlc7/k8erzlweB4
        xJ1jMA0GCSqGSIb3DQEBCwUAA4GBACyuqkrCLTfGimnsRVCQOzvSNbO+Kz1Vp14P
        g3UeXkrqAK7vTACigvLo8GoH2dP0DF6jpEaQA1IfkxF5uEkMubbJuoaghEUvmfLC
        cN5N/N+YQWLDxlDlSkjpftwyfSgLlYd+RplqWR3JryuoIW+FipVXl3mwLmhsBWx9
        Cq6fZCakMIICVzCCAcCgAwIBAgIUEVyE46NRsqWTsD0S7z0IhM6WQQowDQYJKoZI
        hvcNAQELBQAwNDELMAkGA1UEBhMCQ0gxEDAOBgNVBAoMB0V4YW1wbGUxEzARBgNV
        BAMMCk9wZW5TU0wgQ0EwHhcNMjYxMTI0MTI1NTE1WhcNMzYxMTIxMTI1NTE1WjA0
        MQswCQYDVQQGEwJDSDEQMA4GA1UECgwHRXhhbXBsZTETMBEGA1UEAwwKT3BlblNT
        TCBDQTCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEAtSfRLuIZ24phUkIEfWnG
        h/cicnud/smQwXTloRJcpBHgIAb0USUw7EdZx7NM0NzTKIKk83hJf2lr6pmEsOQG
        qHxXT6kVDl//cUmIfXGq1MqPbLfC8gRdKtA6gCu4ZaPDeMoL0Zqx3OQ99B6w4v5Q
        9SMZTg2rtNv0pPk+2H16GYECAwEAAaNmMGQwEgYDVR0TAQH/BAgwBgEB/wIBATAO
        BgNVHQ8BAf8EBAMCAQYwHQYDVR0OBBYEFDuHTbuP5qlc7/k8erzlweB4xJ1jMB8G
        A1UdIwQYMBaAFDuHTbuP5qlc7/k8erzlweB4xJ1jMA0GCSqGSIb3DQEBCwUAA4GB
        ABmXlQT2kKgjMTkVBxA0XNJRVbzSRhYhQh8vzI5LjFZ0DaLD+wGRQocyzikdqUwV
        9zf/+eaaiTJwiBUy3zP4wj29cM6CknHqT7w0Wxa5i9FqRr+QAeMwrStPThUPMMQI
        tuIoNmjLD4q1QikklZBAwGzzad5uVf7XhAmmkr31wbJUMQA=
        -----END PKCS7-----
        """;

    /// <summary>
    /// What the key of <see cref="Rsa"/> makes of the octets "0123456789abcdefghij" with <c>openssl pkeyutl -sign</c>.
    /// </summary>
    public const string RsaSignature =
        """
        0c5d94148906535de448083943378f14ad665e91ffb73473b0387699da6b799505ab696d480a40968d2349da9c8e3c31
        96ef8563b8334dd1eacfd199ef1bf918
        712c03e96365e5bdfede0e9d7940652c856059094d6ef5c097e886d2b7698c0ae0204dcdebef291ce0cf6f47edcc676c
        f596261e0d295dda417ccbc11d50d958
        """;

    /// <summary>What the key of <see cref="Dss"/> makes of the same octets taken as a digest, r | s.</summary>
    public const string DssSignature =
        "0fd493276a47db277c4c28c47ac5969b3ba2706330bab7e9e07cbb9b009c435e6be573f2d14f47a2";
}
